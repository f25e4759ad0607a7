namespace RnnCompare.Checking.Comparison;

/// <summary>2-norms that neither overflow nor underflow: gradients that vanished to 1e-200 still have a size.</summary>
internal static class ScaledNorm
{
    /// <summary>‖values‖₂; NaN where an element is NaN.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += value / largest * (value / largest);
        }

        return largest * Math.Sqrt(squares);
    }

    /// <summary>‖a − b‖₂; NaN where a difference is NaN.</summary>
    public static double OfDifference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        var squares = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var ratio = (a[i] - b[i]) / largest;
            squares += ratio * ratio;
        }

        return largest * Math.Sqrt(squares);
    }
}

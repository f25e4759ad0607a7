using System.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>2-norms that neither overflow nor underflow: gradients that vanished to 1e-200 still have a size.</summary>
internal static class ScaledNorm
{
    // Squares of such norms, and of whatever contributes to them, are ordinary numbers.
    private const double Smallest = 1e-130;
    private const double Largest = 1e130;

    /// <summary>‖values‖₂; NaN where an element is NaN.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var (squares, i) = (Vector<double>.Zero, 0);
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var value = new Vector<double>(values[i..]);
            squares += value * value;
        }

        var sum = Vector.Sum(squares);
        for (; i < values.Length; i++)
        {
            sum += values[i] * values[i];
        }

        return Math.Sqrt(sum) is > Smallest and < Largest and var norm ? norm : Scaled(values);
    }

    /// <summary>‖a − b‖₂; NaN where a difference is NaN.</summary>
    public static double OfDifference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (squares, i) = (Vector<double>.Zero, 0);
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var difference = new Vector<double>(a[i..]) - new Vector<double>(b[i..]);
            squares += difference * difference;
        }

        var sum = Vector.Sum(squares);
        for (; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        if (Math.Sqrt(sum) is > Smallest and < Largest and var norm)
        {
            return norm;
        }

        var differences = new double[a.Length];
        for (i = 0; i < a.Length; i++)
        {
            differences[i] = a[i] - b[i];
        }

        return Scaled(differences);
    }

    private static double Scaled(ReadOnlySpan<double> values)
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
}

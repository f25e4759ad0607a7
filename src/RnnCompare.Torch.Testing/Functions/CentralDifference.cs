namespace RnnCompare.Testing.Functions;

/// <summary>A derivative by central differences, extrapolated (Richardson 1911), and what is uncertain about it.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Uncertainty">How far off it may be: two extrapolations' distance, and the rounding of the values it comes from.</param>
internal readonly record struct CentralDifference(double Value, double Uncertainty)
{
    private const double Roundoff = 1.0 / (1L << 53);

    // A smooth function is resolved by the first, a very flat one better by the second; where a kink lies near, a narrower step misses it.
    private static readonly double[] Steps = [1e-3, 1e-2, 1e-4, 1e-6];

    // Below this, relative to the function's scale, a narrower step would only round more.
    private const double Fine = 1e-11;

    /// <summary>Differentiates a function of one number at 0.</summary>
    /// <param name="value">The function; the second result is the scale of its rounding errors.</param>
    /// <param name="unit">The distance over which it changes: steps are fractions of it.</param>
    public static CentralDifference Of(Func<double, (double Value, double Scale)> value, double unit)
    {
        var best = new CentralDifference(double.NaN, double.PositiveInfinity);
        foreach (var step in Steps)
        {
            var (derivative, scale) = Extrapolated(value, step * unit);
            best = derivative.Uncertainty < best.Uncertainty ? derivative : best;
            if (best.Uncertainty <= Fine * scale / unit)
            {
                break;
            }
        }

        return best;
    }

    private static (CentralDifference Derivative, double Scale) Extrapolated(Func<double, (double Value, double Scale)> value, double step)
    {
        var (differences, largest) = (new double[3], 0.0);
        for (var i = 0; i < differences.Length; i++)
        {
            var distance = Math.ScaleB(step, -i);
            var (up, down) = (value(distance), value(-distance));
            differences[i] = (up.Value - down.Value) / (2 * distance);
            largest = Math.Max(largest, Math.Max(up.Scale, down.Scale));
        }

        var coarse = ((4 * differences[1]) - differences[0]) / 3;
        var fine = ((4 * differences[2]) - differences[1]) / 3;
        var rounding = 8 * Roundoff * largest / step;
        return (new(fine, Math.Abs(fine - coarse) + rounding), largest);
    }
}

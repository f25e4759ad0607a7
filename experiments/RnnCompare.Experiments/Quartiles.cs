namespace RnnCompare.Experiments;

/// <summary>The middle of some measurements and its spread.</summary>
/// <param name="Lower">A quarter lies below.</param>
/// <param name="Median">Half lies below.</param>
/// <param name="Upper">A quarter lies above.</param>
public readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>The quartiles of some values, interpolated between neighbours; NaN where there are none.</summary>
    public static Quartiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(At(0.25), At(0.5), At(0.75));

        double At(double fraction)
        {
            if (sorted.Length == 0)
            {
                return double.NaN;
            }

            var position = fraction * (sorted.Length - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, sorted.Length - 1);
            return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
        }
    }

    /// <summary>Seconds a step as steps a second: the lower quartile of times is the upper one of rates.</summary>
    public Quartiles Reciprocal() => new(1 / Upper, 1 / Median, 1 / Lower);
}

namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>A mean over seeds with what the seeds leave open.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Lower">The lower end of the 95 % interval; NaN from fewer than <see cref="LeastCount"/> values.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Count">N, the values.</param>
/// <remarks>
/// A bootstrap-t interval (Efron 1979; Hall 1988): what is drawn again and again is the mean's distance in standard errors,
/// so that the interval is wide enough for few values, where plain percentiles of means are too narrow: those of five values
/// never leave [min, max], which misses the mean of a symmetric distribution in one case out of sixteen.
/// Up to five values, every sample with replacement is taken once; above, 10,000 are drawn.
/// </remarks>
public readonly record struct BootstrapMean(double Mean, double Lower, double Upper, int Count)
{
    /// <summary>The fewest values that have an interval: of two, every sample is one of them twice or has the mean itself.</summary>
    public const int LeastCount = 3;

    private const double Confidence = 0.95;
    private const int Draws = 10_000;
    private const int MostEnumerated = 5;
    private const int Seed = 1;

    /// <summary>Whether the interval leaves zero out: values differ from zero by more than seeds do.</summary>
    public bool IsBeyondSeeds => Lower > 0 || Upper < 0;

    /// <summary>The mean of values and its interval.</summary>
    public static BootstrapMean Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (mean, error) = MeanAndError(values);
        if (values.Count < LeastCount || !double.IsFinite(error))
        {
            return new(mean, double.NaN, double.NaN, values.Count);
        }

        // Where all values are equal, no seed changes anything.
        var distances = error == 0 ? [0.0] : Samples(values).Select(MeanAndError).Where(sample => sample.Error > 0).Select(sample => (sample.Mean - mean) / sample.Error).Order().ToArray();
        return new(mean, mean - (At((1 + Confidence) / 2) * error), mean - (At((1 - Confidence) / 2) * error), values.Count);

        double At(double fraction) => distances[(int)Math.Round(fraction * (distances.Length - 1))];
    }

    /// <summary>The standard deviation of values, with N − 1 below; NaN for a lone value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return MeanAndError(values).Error * Math.Sqrt(values.Count);
    }

    private static IEnumerable<double[]> Samples(IReadOnlyList<double> values)
    {
        var n = values.Count;
        if (n <= MostEnumerated)
        {
            // The digits of a number in base n are the indices of a sample.
            var all = (int)Math.Pow(n, n);
            return Enumerable.Range(0, all).Select(number =>
            {
                var sample = new double[n];
                for (var i = 0; i < n; i++)
                {
                    (number, var index) = int.DivRem(number, n);
                    sample[i] = values[index];
                }

                return sample;
            });
        }

        var random = new Random(Seed);
        return Enumerable.Range(0, Draws).Select(_ => Enumerable.Range(0, n).Select(_ => values[random.Next(n)]).ToArray());
    }

    private static (double Mean, double Error) MeanAndError(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count));
    }
}

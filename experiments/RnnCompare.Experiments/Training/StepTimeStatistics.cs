
namespace RnnCompare.Experiments.Training;

/// <summary>How long an engine's steps took, and how its time relates to that of another engine that took turns with it.</summary>
/// <remarks>
/// Neighbouring steps share what else the machine did, so that single steps are no independent measurements. Intervals come from twenty
/// stretches of consecutive steps instead: the 6th and the 15th of their sorted medians enclose the true median with 95.9 %,
/// whatever the distribution (binomial; David and Nagaraja 2003).
/// </remarks>
/// <param name="Count">How many steps were measured.</param>
/// <param name="Percentiles">Seconds below which 0, 1, …, 100 percent of the steps lie.</param>
/// <param name="Median">The median over the stretches of their medians, in seconds.</param>
/// <param name="MedianInterval">The ends of its interval.</param>
/// <param name="Ratio">The median over the stretches of this engine's median time over the other's.</param>
/// <param name="RatioInterval">The ends of its interval.</param>
public sealed record StepTimeStatistics(int Count, IReadOnlyList<double> Percentiles, double Median, (double Lower, double Upper) MedianInterval, double Ratio, (double Lower, double Upper) RatioInterval)
{
    /// <summary>The stretches that intervals are taken from, and the fewest steps that give any.</summary>
    public const int Stretches = 20;

    private const int LowerRank = 5;

    /// <summary>The statistics of some steps.</summary>
    /// <param name="seconds">The time of each step, in order.</param>
    /// <param name="reference">The times of the engine that it is compared with, step for step.</param>
    /// <returns>Null where there are too few steps for an interval.</returns>
    public static StepTimeStatistics? Of(IReadOnlyList<double> seconds, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        ArgumentNullException.ThrowIfNull(reference);
        var count = Math.Min(seconds.Count, reference.Count);
        if (count < Stretches)
        {
            return null;
        }

        var medians = Medians(seconds, count);
        var ratios = medians.Zip(Medians(reference, count), (mine, others) => mine / others).ToArray();
        var sorted = seconds.Take(count).Order().ToArray();
        return new(
            count,
            [.. Enumerable.Range(0, 101).Select(percent => sorted[(int)Math.Round(percent / 100.0 * (count - 1))])],
            Quartiles.Of(medians).Median,
            Interval(medians),
            Quartiles.Of(ratios).Median,
            Interval(ratios));
    }

    private static double[] Medians(IReadOnlyList<double> seconds, int count)
    {
        return [.. Enumerable.Range(0, Stretches).Select(stretch =>
        {
            var (from, to) = ((int)((long)stretch * count / Stretches), (int)((long)(stretch + 1) * count / Stretches));
            return Quartiles.Of(seconds.Skip(from).Take(to - from)).Median;
        })];
    }

    private static (double Lower, double Upper) Interval(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[LowerRank], sorted[Stretches - 1 - LowerRank]);
    }
}

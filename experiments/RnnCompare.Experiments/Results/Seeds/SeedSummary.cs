using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>The same run from several seeds: what each came to, and which differences are more than seeds make.</summary>
/// <param name="Seeds">The seeds, in the order of their runs.</param>
/// <param name="Values">Every measure of every engine from every seed; none of a run that diverged, but the loss that it had.</param>
/// <param name="Comparisons">Each engine with the first of its cell, and each cell's first engine with the first cell's.</param>
public sealed record SeedSummary(IReadOnlyList<int> Seeds, IReadOnlyList<SeedValue> Values, IReadOnlyList<SeedComparison> Comparisons)
{
    /// <summary>Sums runs up.</summary>
    /// <param name="runs">A run for each seed, of one config but for the seed.</param>
    public static SeedSummary Of(IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        SeedValue[] values = [.. runs.SelectMany(run => run.Contenders.SelectMany(contender => Measured(run, contender)))];
        var groups = runs[0].Groups.Select(group => group.Contenders.Select(contender => contender.Name).ToArray()).ToArray();
        (string A, string B)[] pairs =
        [
            .. groups.SelectMany(names => names.Skip(1).Select(name => (name, names[0]))),
            .. groups.Skip(1).Select(names => (names[0], groups[0][0])),
        ];
        var measures = SeedMeasures.Decisive(values);
        return new(
            [.. runs.Select(run => run.Config.Seed)],
            values,
            [.. pairs.SelectMany(pair => measures.Select(measure => SeedComparison.Of(measure, (pair.A, BySeed(values, pair.A, measure)), (pair.B, BySeed(values, pair.B, measure)))))]);
    }

    /// <summary>The values of an engine in a measure, by seed.</summary>
    public IReadOnlyDictionary<int, double> BySeed(string engine, string measure) => BySeed(Values, engine, measure);

    private static Dictionary<int, double> BySeed(IEnumerable<SeedValue> values, string engine, string measure)
    {
        return values.Where(value => value.Engine == engine && value.Measure == measure).ToDictionary(value => value.Seed, value => value.Value);
    }

    private static IEnumerable<SeedValue> Measured(RunResult run, ContenderResult contender)
    {
        yield return new(contender.Name, run.Config.Seed, SeedMeasures.Loss, contender.SmoothedLoss);
        foreach (var (part, score) in contender.Scores.OrderBy(pair => pair.Key))
        {
            yield return new(contender.Name, run.Config.Seed, SeedMeasures.Score(part.ToString().ToLowerInvariant(), run.Metric.Name), score.Score);
        }
    }
}

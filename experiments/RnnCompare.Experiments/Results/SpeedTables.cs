using RnnCompare.Experiments.Speed;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of a speed comparison.</summary>
public static class SpeedTables
{
    /// <summary>The machine's limits.</summary>
    public static ReportTable Limits(IReadOnlyList<MachineLimit> limits)
    {
        return ReportTable.Of(
            "The machine's limits, float32",
            limits,
            [
                new("threads", limit => $"{limit.Threads}"),
                new("GFLOP/s", limit => Figures.Value(limit.FlopsPerSecond / 1e9)),
                new("GB/s", limit => Figures.Value(limit.BytesPerSecond / 1e9)),
            ],
            ["Measured: fused multiply-adds of registers, and adding two long arrays; the best of several runs."]);
    }

    /// <summary>A table for each cell.</summary>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<SpeedResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.GroupBy(result => result.Case.Cell).SelectMany(group => new[] { Of(group.Key.Name, [.. group]), Needs(group.Key.Name, [.. group]) })];
    }

    /// <summary>How the time of a step grows with T and with B.</summary>
    public static ReportTable Doubled(IReadOnlyList<DoublingResult> results)
    {
        return ReportTable.Of(
            "Time of manual's step with T or B doubled, over its time",
            results,
            [
                new("cell", result => result.Case.Cell.Name),
                new("(T, B, I, H, O)", result => result.Case.Sizes),
                new("ms", result => Milliseconds(result.Seconds.Median)),
                new("2·T", result => Figures.Ratio(result.TwiceTheSteps.Median)),
                new("quartiles", result => Spread(result.TwiceTheSteps)),
                new("2·B", result => Figures.Ratio(result.TwiceTheBatch.Median)),
                new("quartiles", result => Spread(result.TwiceTheBatch)),
                new("threads", result => $"{result.Threads}"),
            ],
            ["Medians of the ratios of rounds in which the three sizes take turns, all at the thread count that suits the first best."]);
    }

    /// <summary>The times now beside those of an earlier measurement.</summary>
    public static ReportTable Against(IReadOnlyList<EarlierSpeed> comparisons)
    {
        return ReportTable.Of(
            "Times of steps against the earlier measurement",
            comparisons,
            [
                new("case", each => each.Case),
                new("engine", each => each.Engine),
                new("earlier ms", each => Milliseconds(each.Earlier)),
                new("now ms", each => Milliseconds(each.Now)),
                new("now / earlier", each => Figures.Ratio(each.Ratio)),
                new("95 % interval", each => $"{Figures.Ratio(each.Lower)} – {Figures.Ratio(each.Upper)}"),
                new(
                    "machine now / earlier",
                    each => Figures.Ratio(each.Machine),
                    "machine: the most multiply-adds a second, seen in the same rounds. Where it is far from 1, something else ran beside one of the measurements."),
                new("verdict", each => each.Verdict),
            ],
            ["Ratios of medians; intervals are a bootstrap of the rounds of both measurements."]);
    }

    private static ReportTable Of(string cell, IReadOnlyList<SpeedResult> results)
    {
        return ReportTable.Of(
            $"Whole training steps, {cell}",
            results,
            [.. Columns(results[0])],
            ["Medians of rounds in which the engines take turns, each at its best thread count (last column, in the order of the engines); float32, cross-entropy, SGD."]);
    }

    // Every case of a table has the engines of its first.
    private static IEnumerable<ReportColumn<SpeedResult>> Columns(SpeedResult first)
    {
        var reference = first.Engines[0].Engine;
        yield return new("(T, B, I, H, O)", result => result.Case.Sizes);
        foreach (var (i, engine) in first.Engines.Index())
        {
            yield return new($"{engine.Engine} ms", result => Milliseconds(result.Engines[i].Seconds.Median));
        }

        if (first.FastestOther is not null)
        {
            yield return new($"fastest other / {reference}", result => Figures.Ratio(result.FastestOther!.Ratio.Median));
            yield return new("quartiles", result => Spread(result.FastestOther!.Ratio));
        }

        if (first.Numpy is not null)
        {
            yield return new($"numpy / {reference}", result => Figures.Ratio(result.Numpy!.Ratio.Median), first.NumpyLibrary is { } library ? Numpy(library) : null);
        }

        yield return new(
            "limit ms",
            result => Milliseconds(result.LeastSeconds),
            $"limit: the least time of the multiply-adds that a step cannot do without, at the most that as many threads as {reference} has did in the same rounds.");
        yield return new("of the limit", result => Figures.Percent(result.FractionOfLimit));
        yield return new("threads", result => string.Join(", ", result.Engines.Select(engine => engine.Threads)));
    }

    private static ReportTable Needs(string cell, IReadOnlyList<SpeedResult> results)
    {
        return ReportTable.Of(
            $"What a training step needs at least, {cell}",
            results,
            [
                new("(T, B, I, H, O)", result => result.Case.Sizes),
                new("MFLOP", result => Figures.Value(result.Case.Flops / 1e6)),
                new(
                    "MB",
                    result => Figures.Value(result.Case.Bytes / 1e6),
                    "MB: every array of the step written once and read once. What stays in the caches does not wait for the memory."),
                new("threads", result => $"{result.Limit.Threads}"),
                new("ms of multiply-adds", result => Milliseconds(result.LeastSeconds)),
                new("ms of memory", result => Milliseconds(result.LeastSecondsOfMemory)),
            ],
            []);
    }

    private static string Numpy(string library)
    {
        var without = NumpyStep.RemovedVariables;
        return without.Count == 0 ? $"numpy: {library}." : $"numpy: {library}, without {string.Join(" and ", without)} of this environment, which would keep it from its best kernels.";
    }

    private static string Milliseconds(double seconds) => Figures.Value(seconds * 1000);

    private static string Spread(Quartiles ratio) => $"{Figures.Ratio(ratio.Lower)} – {Figures.Ratio(ratio.Upper)}";
}

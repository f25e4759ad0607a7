using RnnCompare.Experiments.Speed;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of a speed comparison.</summary>
public static class SpeedTables
{
    /// <summary>The machine's limits.</summary>
    public static ReportTable Limits(IReadOnlyList<MachineLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new(
            "The machine's limits, float32",
            ["threads", "GFLOP/s", "GB/s"],
            [.. limits.Select(limit => (IReadOnlyList<string>)[$"{limit.Threads}", Figures.Value(limit.FlopsPerSecond / 1e9), Figures.Value(limit.BytesPerSecond / 1e9)])],
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
        ArgumentNullException.ThrowIfNull(results);
        return new(
            "Time of manual's step with T or B doubled, over its time",
            ["cell", "(T, B, I, H, O)", "ms", "2·T", "quartiles", "2·B", "quartiles", "threads"],
            [.. results.Select(result => (IReadOnlyList<string>)[
                result.Case.Cell.Name,
                result.Case.Sizes,
                Figures.Value(result.Seconds.Median * 1000),
                Figures.Ratio(result.TwiceTheSteps.Median),
                Spread(result.TwiceTheSteps),
                Figures.Ratio(result.TwiceTheBatch.Median),
                Spread(result.TwiceTheBatch),
                $"{result.Threads}"])],
            ["Medians of the ratios of rounds in which the three sizes take turns, all at the thread count that suits the first best."]);
    }

    /// <summary>The times now beside those of an earlier measurement.</summary>
    public static ReportTable Against(IReadOnlyList<EarlierSpeed> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        return new(
            "Times of steps against the earlier measurement",
            ["case", "engine", "earlier ms", "now ms", "now / earlier", "95 % interval", "machine now / earlier", "verdict"],
            [.. comparisons.Select(each => (IReadOnlyList<string>)[
                each.Case, each.Engine, Figures.Value(each.Earlier * 1000), Figures.Value(each.Now * 1000), Figures.Ratio(each.Ratio),
                $"{Figures.Ratio(each.Lower)} – {Figures.Ratio(each.Upper)}", Figures.Ratio(each.Machine), each.Verdict])],
            [
                "Ratios of medians; intervals are a bootstrap of the rounds of both measurements.",
                "machine: the most multiply-adds a second, seen in the same rounds. Where it is far from 1, something else ran beside one of the measurements.",
            ]);
    }

    private static ReportTable Of(string cell, IReadOnlyList<SpeedResult> results)
    {
        var engines = results[0].Engines;
        string[] headers =
        [
            "(T, B, I, H, O)",
            .. engines.Select(engine => $"{engine.Engine} ms"),
            .. results[0].FastestOther is not null ? ["fastest other / " + engines[0].Engine, "quartiles"] : Array.Empty<string>(),
            .. results[0].Numpy is not null ? ["numpy / " + engines[0].Engine] : Array.Empty<string>(),
            "limit ms",
            "of the limit",
            "threads",
        ];
        return new(
            $"Whole training steps, {cell}",
            headers,
            [.. results.Select(Row)],
            [
                "Medians of rounds in which the engines take turns, each at its best thread count (last column, in the order of the engines); float32, cross-entropy, SGD.",
                $"limit: the least time of the multiply-adds that a step cannot do without, at the most that as many threads as {engines[0].Engine} has did in the same rounds.",
                .. results[0].NumpyLibrary is { } library ? [Numpy(library)] : Array.Empty<string>(),
            ]);
    }

    private static ReportTable Needs(string cell, IReadOnlyList<SpeedResult> results)
    {
        return new(
            $"What a training step needs at least, {cell}",
            ["(T, B, I, H, O)", "MFLOP", "MB", "threads", "ms of multiply-adds", "ms of memory"],
            [.. results.Select(result => (IReadOnlyList<string>)[
                result.Case.Sizes,
                Figures.Value(result.Case.Flops / 1e6),
                Figures.Value(result.Case.Bytes / 1e6),
                $"{result.Limit.Threads}",
                Figures.Value(result.LeastSeconds * 1000),
                Figures.Value(result.LeastSecondsOfMemory * 1000)])],
            ["MB: every array of the step written once and read once. What stays in the caches does not wait for the memory."]);
    }

    private static string Numpy(string library)
    {
        var without = NumpyStep.RemovedVariables;
        return without.Count == 0 ? $"numpy: {library}." : $"numpy: {library}, without {string.Join(" and ", without)} of this environment, which would keep it from its best kernels.";
    }

    private static string Spread(Quartiles ratio) => $"{Figures.Ratio(ratio.Lower)} – {Figures.Ratio(ratio.Upper)}";

    private static IReadOnlyList<string> Row(SpeedResult result)
    {
        var other = result.FastestOther;
        return
        [
            result.Case.Sizes,
            .. result.Engines.Select(engine => Figures.Value(engine.Seconds.Median * 1000)),
            .. other is null ? Array.Empty<string>() : [Figures.Ratio(other.Ratio.Median), Spread(other.Ratio)],
            .. result.Numpy is { } numpy ? [Figures.Ratio(numpy.Ratio.Median)] : Array.Empty<string>(),
            Figures.Value(result.LeastSeconds * 1000),
            Figures.Percent(result.FractionOfLimit),
            string.Join(", ", result.Engines.Select(engine => engine.Threads)),
        ];
    }
}

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
        return [.. results.GroupBy(result => result.Case.Cell).Select(group => Of(group.Key.Name, [.. group]))];
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
            "GFLOP/s",
            "of the limit",
            "threads",
        ];
        return new(
            $"Whole training steps, {cell}",
            headers,
            [.. results.Select(Row)],
            [
                "Medians of rounds in which the engines take turns, each at its best thread count (last column, in the order of the engines); float32, cross-entropy, SGD.",
                $"GFLOP/s and the limit are those of {engines[0].Engine}: the products that a step cannot do without, over the multiply-adds that as many threads did at most in the same rounds.",
            ]);
    }

    private static IReadOnlyList<string> Row(SpeedResult result)
    {
        var other = result.FastestOther;
        return
        [
            result.Case.Sizes,
            .. result.Engines.Select(engine => Figures.Value(engine.Seconds.Median * 1000)),
            .. other is null ? Array.Empty<string>() : [Figures.Ratio(other.Ratio.Median), $"{Figures.Ratio(other.Ratio.Lower)} – {Figures.Ratio(other.Ratio.Upper)}"],
            .. result.Numpy is { } numpy ? [Figures.Ratio(numpy.Ratio.Median)] : Array.Empty<string>(),
            Figures.Value(result.Case.Flops / result.Engines[0].Seconds.Median / 1e9),
            Figures.Percent(result.FractionOfPeak),
            string.Join(", ", result.Engines.Select(engine => engine.Threads)),
        ];
    }
}

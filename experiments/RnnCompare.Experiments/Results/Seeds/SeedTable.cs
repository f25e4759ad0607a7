namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>The table of what several seeds came to.</summary>
public static class SeedTable
{
    /// <summary>A row for each engine and measure, and what may be said of differences.</summary>
    public static ReportTable Of(SeedSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var rows = summary.Values.GroupBy(value => (value.Engine, value.Measure));
        return new(
            $"Over {summary.Seeds.Count} seeds",
            ["engine", "measure", "mean", "95 % interval", "deviation", "least", "most", "N"],
            [.. rows.Select(group => Row(group.Key.Engine, group.Key.Measure, [.. group.Select(value => value.Value)]))],
            [$"Seeds {string.Join(", ", summary.Seeds)}; intervals by bootstrap, which needs {BootstrapMean.LeastCount} values.", .. summary.Comparisons.Select(comparison => comparison.Sentence)]);
    }

    private static IReadOnlyList<string> Row(string engine, string measure, double[] values)
    {
        var mean = BootstrapMean.Of(values);
        return
        [
            engine, measure, Figures.Value(mean.Mean), double.IsNaN(mean.Lower) ? "–" : $"{Figures.Value(mean.Lower)} to {Figures.Value(mean.Upper)}",
            Figures.Value(BootstrapMean.Deviation(values)), Figures.Value(values.Min()), Figures.Value(values.Max()), $"{values.Length}",
        ];
    }
}

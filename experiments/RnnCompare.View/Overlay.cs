using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>Several runs in the same charts; the legend is what their configs differ in.</summary>
internal static class Overlay
{
    // What differs without making a difference.
    private static readonly string[] Unnamed = ["name"];

    private static readonly string[] Parts = ["validation", "test", "training"];

    /// <summary>The charts of some runs.</summary>
    /// <param name="runs">The runs with their ids.</param>
    /// <param name="engine">The engine whose curves are shown; an empty text for all.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<(string Id, RecordedRun Run)> runs, string engine)
    {
        var labels = Labels(runs);
        var curves = runs.SelectMany((run, i) => run.Run.Curves.Where(curve => engine.Length == 0 || curve.Engine == engine)
            .Select(curve => (Name: Name(labels[i], curve, engine), Curve: curve))).ToArray();
        var metrics = runs.Select(run => run.Run.Summary?.Metric).OfType<string>().Distinct().ToArray();
        LinesChart[] charts =
        [
            Chart("loss", "Training loss", "loss", [.. curves.Select((pair, i) => new Series
            {
                Name = pair.Name, Colour = i, X = pair.Curve.Steps, Y = pair.Curve.Loss, Smoothed = pair.Curve.SmoothedLoss,
            })]),
            .. Parts.Select(part => Chart($"{part}-score", $"Score of the {part} part", metrics.Length == 1 ? metrics[0] : "score", [.. curves
                .Where(pair => pair.Curve.Parts.ContainsKey(part))
                .Select((pair, i) => new Series { Name = pair.Name, Colour = i, Role = SeriesRole.Marked, X = pair.Curve.Parts[part].Steps, Y = pair.Curve.Parts[part].Score })])),
            Chart("flow", "Gradient norm back in time, trained weights", "‖dL/dh‖", [.. Backflows(runs, labels, engine)]) with { Log = true, XLabel = "steps back in time" },
        ];
        return [.. charts.Where(chart => chart.Series.Count > 0)];
    }

    /// <summary>For each run the config values that not all runs share; its id where nothing differs.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<(string Id, RecordedRun Run)> runs)
    {
        string[] differing = [.. runs.SelectMany(run => run.Run.Config).Select(entry => entry.Key).Distinct()
            .Where(key => !Unnamed.Contains(key) && runs.Select(run => run.Run.ConfigValue(key)).Distinct().Count() > 1)];
        string[] labels = [.. runs.Select(run => string.Join(", ", differing.Select(key => $"{key} {run.Run.ConfigValue(key)}")))];
        return [.. labels.Select((label, i) => label.Length == 0 || labels.Count(other => other == label) > 1 ? string.Join(", ", new[] { label, runs[i].Id }.Where(part => part.Length > 0)) : label)];
    }

    private static LinesChart Chart(string id, string title, string y, IReadOnlyList<Series> series)
    {
        return new() { Id = id, Title = title, XLabel = "training step", YLabel = y, Series = series };
    }

    private static IEnumerable<Series> Backflows(IReadOnlyList<(string Id, RecordedRun Run)> runs, IReadOnlyList<string> labels, string engine)
    {
        var all = runs.SelectMany((run, i) => run.Run.Flows.Count > 0
            ? run.Run.Flows.SelectMany(flow => flow.Back.Select(back => (Engine: back.Name, Name: $"{labels[i]}, {flow.Name}, {back.Name}", Norms: back.Values)))
            : (run.Run.Summary?.Backflows ?? []).SelectMany(flow => flow.Curves.Select(curve => (curve.Engine, Name: $"{labels[i]}, {curve.Engine}", curve.Norms))));
        return all.Where(curve => engine.Length == 0 || curve.Engine == engine).Select((curve, i) => new Series
        {
            Name = curve.Name, Colour = i, X = [.. Enumerable.Range(0, curve.Norms.Count).Select(k => (double)k)], Y = curve.Norms,
        });
    }

    private static string Name(string label, RecordedCurve curve, string engine)
    {
        return label + (engine.Length == 0 ? $", {curve.Engine}" : "") + (curve.Seed is { } seed ? $", seed {seed}" : "");
    }
}

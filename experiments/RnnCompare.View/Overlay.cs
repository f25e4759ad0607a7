using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Report.Sections;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>Several runs in the same charts; the legend is what their configs differ in.</summary>
internal static class Overlay
{
    // Of more distributions than these, five percentiles each are all that can be seen.
    private const int MostWholeDistributions = 24;

    private static readonly string[] Parts = ["validation", "test", "training"];

    private static readonly int[] FewPercentiles = [5, 25, 50, 75, 95];

    /// <summary>The charts of some settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="engine">The engine whose figures are shown; an empty text for all.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<Setting> settings, string engine)
    {
        var metrics = settings.SelectMany(setting => setting.Runs).Select(run => run.Run.Summary?.Metric).OfType<string>().Distinct().ToArray();
        LinesChart[] lines =
        [
            Lines("loss", "Training loss", "loss", Curves(settings, engine, SeriesRole.Measured, curve => (curve.Steps, curve.Loss, curve.SmoothedLoss))),
            .. Parts.Select(part => Lines($"{part}-score", $"Score of the {part} part", metrics.Length == 1 ? metrics[0] : "score", Curves(
                settings, engine, SeriesRole.Marked, curve => curve.Parts.TryGetValue(part, out var found) ? (found.Steps, found.Score, null) : null))),
            Lines("flow", "Gradient norm back in time, trained weights", "‖dL/dh‖", Backflows(settings, engine)) with { Log = true, XLabel = "steps back in time" },
        ];
        Chart?[] charts = [.. lines.Where(chart => chart.Series.Count > 0), Agreement(settings, engine), Speed(settings, engine)];
        return [.. charts.OfType<Chart>()];
    }

    private static LinesChart Lines(string id, string title, string y, IEnumerable<Series> series)
    {
        return new() { Id = id, Title = title, XLabel = "training step", YLabel = y, Series = [.. series] };
    }

    private static IEnumerable<Series> Curves(
        IReadOnlyList<Setting> settings, string engine, SeriesRole role, Func<RecordedCurve, (IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Smoothed)?> values)
    {
        var groups = settings.SelectMany(setting => setting.Runs
            .SelectMany(run => run.Run.Curves.Where(curve => Shows(engine, curve.Engine)).Select(curve => (curve.Engine, Seed: curve.Seed ?? run.Seed, Values: values(curve))))
            .Where(curve => curve.Values is { X.Count: > 0 })
            .GroupBy(curve => curve.Engine)
            .Select(curves => (Name: Name(setting.Label, curves.Key, engine), Curves: curves)));
        return groups.SelectMany((group, i) => SeedBand.Of(group.Name, i, role, [.. group.Curves.Select(curve => new SeedCurve(
            group.Curves.Count() > 1 ? curve.Seed : null, curve.Values!.Value.X, curve.Values.Value.Y, curve.Values.Value.Smoothed))]));
    }

    private static IEnumerable<Series> Backflows(IReadOnlyList<Setting> settings, string engine)
    {
        var all = settings.SelectMany(setting => setting.Runs.SelectMany(run => run.Run.Flows.Count > 0
            ? run.Run.Flows.SelectMany(flow => flow.Back.Select(back => (Engine: back.Name, Seed: run.Seed, Name: $"{setting.Label}, {flow.Name}, {back.Name}", Norms: back.Values)))
            : (run.Run.Summary?.Backflows ?? []).SelectMany(flow => flow.Curves.Select(curve => (curve.Engine, run.Seed, Name: $"{setting.Label}, {curve.Engine}", curve.Norms)))));
        return all.Where(curve => Shows(engine, curve.Engine)).GroupBy(curve => curve.Name).SelectMany((curves, i) => SeedBand.Of(curves.Key, i, SeriesRole.Measured, [.. curves.Select(curve => new SeedCurve(
            curves.Count() > 1 ? curve.Seed : null, [.. Enumerable.Range(0, curve.Norms.Count).Select(k => (double)k)], curve.Norms, null))]));
    }

    // A row for each setting: the array that is farthest from its floor, of each engine and precision. Floors differ from run to run, their multiples can stand side by side.
    private static DotsChart? Agreement(IReadOnlyList<Setting> settings, string engine)
    {
        var engines = settings.SelectMany(setting => setting.Runs).SelectMany(run => run.Run.Summary?.Gradients ?? []).Select(agreement => agreement.Actual).Distinct().ToList();
        Dot[] dots = [.. settings.SelectMany((setting, row) => setting.Runs
            .SelectMany(run => run.Run.Summary?.Gradients ?? [])
            .Where(agreement => Shows(engine, agreement.Actual) || agreement.Expected == engine)
            .GroupBy(agreement => (agreement.Actual, agreement.Precision))
            .Select(each => new Dot(row, each.Key.Actual, each.Key.Precision, engines.IndexOf(each.Key.Actual) + 1, each.Max(agreement => agreement.Tensors.Max(Multiple)), 1)))];
        return dots.Length == 0 ? null : new()
        {
            Id = "agreement",
            Title = "Gradients before training: the array that is farthest from its noise floor",
            XLabel = "times the noise floor",
            YLabel = "setting",
            Rows = [.. settings.Select(setting => setting.Label)],
            Limit = settings.SelectMany(setting => setting.Runs).SelectMany(run => run.Run.Summary?.Gradients ?? []).Select(agreement => agreement.Limit).FirstOrDefault(double.NaN),
            Dots = dots,
        };
    }

    private static double Multiple((string Name, double Relative, double Floor) tensor) => tensor.Relative == 0 ? 0 : tensor.Relative / tensor.Floor;

    private static SpreadChart? Speed(IReadOnlyList<Setting> settings, string engine)
    {
        var timed = settings.SelectMany(setting => setting.Runs.SelectMany(run => (run.Run.Summary?.Engines ?? [])
            .Where(each => Shows(engine, each.Name) && each.Times is not null)
            .Select(each => (Name: Name(setting.Label, each.Name, engine) + (setting.Runs.Count > 1 ? $", seed {run.Seed}" : ""), each.Times)))).ToArray();
        return timed.Length == 0 ? null : new()
        {
            Id = "speed",
            Title = "Time of a training step",
            XLabel = "milliseconds",
            YLabel = "setting",
            Rows = [.. timed.Select((row, i) => Row(row.Name, i, row.Times!, timed.Length <= MostWholeDistributions))],
        };
    }

    private static Spread Row(string name, int colour, RecordedTimes times, bool whole)
    {
        const double Milliseconds = 1000;
        var (lower, upper) = times.MedianInterval;
        int[] percentiles = whole ? [.. Enumerable.Range(0, times.Seconds.Count)] : [.. FewPercentiles.Where(percent => percent < times.Seconds.Count)];
        return new(name, colour, [.. percentiles.Select(percent => (double)percent)], [.. percentiles.Select(percent => Milliseconds * times.Seconds[percent])], Milliseconds * lower, Milliseconds * upper);
    }

    private static bool Shows(string engine, string name) => engine.Length == 0 || engine == name;

    private static string Name(string label, string engineOfCurve, string engine) => engine.Length == 0 ? $"{label}, {engineOfCurve}" : label;
}

using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>How long training steps took.</summary>
internal static class SpeedSection
{
    private const string AboutSpread =
        "A box reaches from the quarter to the three quarters of the steps, its whiskers from 5 % to 95 %, and faint dots are the percentiles: the tail to the right is what the machine did besides. "
        + "The line in the box is the median of all steps; the dark bar is the 95 % interval of the median over twenty stretches of the run, which the sentences above give. Engines take turns step by step, so that whatever else the machine did met all of them.";

    public static ReportSection? Of(RecordedRun run)
    {
        if (run.Summary is not { } summary || !summary.Engines.Any(engine => double.IsFinite(engine.StepsPerSecond.Median)))
        {
            return null;
        }

        var colours = EngineColours.Of(run);
        RecordedEngine[] timed = [.. summary.Engines.Where(engine => double.IsFinite(engine.StepsPerSecond.Median))];
        var processor = summary.Environment.FirstOrDefault(fact => fact.Key == "processor").Value;
        return new()
        {
            Id = "speed",
            Title = "Speed",
            Answers =
            [
                .. timed.GroupBy(engine => engine.Cell).Select(cell => string.Join(" ", cell.Select(engine => Answer(engine, cell.First())))),
                $"Measured in {run.ConfigValue("precision")} with {(run.ConfigValue("threads") == "1" ? "1 thread" : run.ConfigValue("threads") + " threads")}{(processor is null ? "" : $" on {processor}")}.",
            ],
            Explanations = [AboutSpread],
            Charts = [new SpreadChart { Id = "speed", Title = "Time of a training step", XLabel = "milliseconds", YLabel = "engine", Rows = [.. timed.Select(engine => Row(engine, colours))] }],
        };
    }

    private static Spread Row(RecordedEngine engine, EngineColours colours)
    {
        const double Milliseconds = 1000;
        var (lower, median, upper) = engine.StepsPerSecond;
        return engine.Times is { } times
            ? new(
                engine.Name,
                colours[engine.Name],
                [.. Enumerable.Range(0, times.Seconds.Count).Select(i => 100.0 * i / Math.Max(1, times.Seconds.Count - 1))],
                [.. times.Seconds.Select(seconds => Milliseconds * seconds)],
                Milliseconds * times.MedianInterval.Lower,
                Milliseconds * times.MedianInterval.Upper)
            : new(engine.Name, colours[engine.Name], [25, 50, 75], [Milliseconds / upper, Milliseconds / median, Milliseconds / lower], double.NaN, double.NaN);
    }

    private static string Answer(RecordedEngine engine, RecordedEngine first)
    {
        var isFirst = engine == first;
        var median = Words.Time(engine.Times?.Median ?? (1 / engine.StepsPerSecond.Median));
        if (engine.Times is not { } times)
        {
            return isFirst
                ? $"A median step of {engine.Name} takes {median}."
                : $"{engine.Name} takes {median}, {Figures.Ratio(first.StepsPerSecond.Median / engine.StepsPerSecond.Median)} the time of {first.Name}.";
        }

        var interval = $"95 % interval {Words.Time(times.MedianInterval.Lower)} to {Words.Time(times.MedianInterval.Upper)}";
        var share = double.IsFinite(times.ShareOfLimit) ? $" It reaches {Figures.Percent(times.ShareOfLimit)} of the multiply-adds that the machine can do with as many threads." : "";
        return isFirst
            ? string.Create(CultureInfo.InvariantCulture, $"A median step of {engine.Name} takes {median} ({interval}, {times.Count:#,0} steps).{share}")
            : $"{engine.Name} takes {Figures.Ratio(times.Ratio)} the time of {first.Name} (95 % interval {Figures.Ratio(times.RatioInterval.Lower)} to {Figures.Ratio(times.RatioInterval.Upper)}): {median} ({interval}).{share}";
    }
}

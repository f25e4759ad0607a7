using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>The losses and scores on the way and at the end.</summary>
internal static class LossSection
{
    private const string AboutSmoothing =
        "The curves show raw losses of single steps, unsmoothed. The button “running mean” lays 0.999·old + 0.001·new over them (Karpathy 2015), and the raw values stay visible behind.";

    private const string AboutSeeds = "A line is the mean over seeds, and the band reaches from the lowest seed to the highest; N in the legend is the number of seeds. A seed that came less far, because it diverged or is still under way, has a line of its own.";

    public static ReportSection? Of(RecordedRun run)
    {
        if (run.Curves.Count == 0 || run.Curves.All(curve => curve.Steps.Count == 0))
        {
            return null;
        }

        var colours = EngineColours.Of(run);
        var metric = run.Summary?.Metric is { Length: > 0 } name ? name : "score";
        var bySeed = run.Curves.Any(curve => curve.Seed is not null);
        return new()
        {
            Id = "loss",
            Title = "Loss curves",
            Answers = [.. Answers(run, metric)],
            Explanations = bySeed ? [AboutSmoothing, AboutSeeds] : [AboutSmoothing],
            Charts = [TrainingLoss(run, colours), .. Scores(run, colours, metric)],
        };
    }

    private static LinesChart TrainingLoss(RecordedRun run, EngineColours colours)
    {
        return new()
        {
            Id = "loss",
            Title = "Training loss",
            XLabel = "training step",
            YLabel = $"loss ({(run.ConfigValue("reduction") is { Length: > 0 } reduction ? reduction + " over a batch" : "of a batch")})",
            Series = [.. run.Curves.Where(curve => curve.Steps.Count > 0).GroupBy(curve => curve.Engine).SelectMany(engine => SeedBand.Of(
                engine.Key, colours[engine.Key], SeriesRole.Measured, [.. engine.Select(curve => new SeedCurve(curve.Seed, curve.Steps, curve.Loss, curve.SmoothedLoss))]))],
        };
    }

    private static IEnumerable<LinesChart> Scores(RecordedRun run, EngineColours colours, string metric)
    {
        var series = new List<Series>();
        foreach (var part in new[] { "validation", "test", "training" })
        {
            foreach (var engine in run.Curves.GroupBy(curve => curve.Engine))
            {
                SeedCurve[] curves = [.. engine.Where(curve => curve.Parts.ContainsKey(part)).Select(curve => new SeedCurve(curve.Seed, curve.Parts[part].Steps, curve.Parts[part].Score, null))];
                if (curves.Length > 0)
                {
                    series.AddRange(SeedBand.Of($"{engine.Key} {part}", colours[engine.Key], SeriesRole.Marked, curves));
                }
                else if (run.Summary?.Engines.FirstOrDefault(known => known.Name == engine.Key)?.Scores.TryGetValue(part, out var score) == true)
                {
                    series.Add(new() { Name = $"{engine.Key} {part}", Colour = colours[engine.Key], Role = SeriesRole.Marked, X = [run.LastStep], Y = [score.Score] });
                }
            }
        }

        if (series.Count == 0)
        {
            yield break;
        }

        if (run.Summary?.Baseline is { } baseline && double.IsFinite(baseline.Test))
        {
            series.Add(new() { Name = $"{baseline.Name} (test)", Colour = 0, Role = SeriesRole.Reference, X = [0, run.LastStep], Y = [baseline.Test, baseline.Test] });
        }

        yield return new() { Id = "scores", Title = $"Validation and test: {metric}", XLabel = "training step", YLabel = metric, Series = series };
    }

    private static IEnumerable<string> Answers(RecordedRun run, string metric)
    {
        yield return run.State switch
        {
            RunState.Unfinished => $"No summary is there yet: the run is under way or was cut off. The last noted step is {run.LastStep:#,0}.",
            RunState.Diverged => $"Training diverged: the loss of {run.Summary!.DivergedEngine} is not a finite number after step {run.LastStep:#,0}.",
            RunState.Cancelled => $"The run was stopped after step {run.LastStep:#,0}.",
            _ => $"All {Words.Count(run.LastStep, "step")} were made.",
        }
        + " " + LastLosses(run);
        if (run.Summary is not { } summary)
        {
            yield break;
        }

        foreach (var part in new[] { "validation", "test" })
        {
            var scores = summary.Engines.Where(engine => engine.Scores.ContainsKey(part)).Select(engine => $"{Figures.Value(engine.Scores[part].Score)} ({engine.Name})").ToArray();
            if (scores.Length > 0)
            {
                yield return $"At the end {metric} of the {part} part is {Words.List(scores)}"
                    + (part == "test" && summary.Baseline is { } baseline && double.IsFinite(baseline.Test) ? $"; the baseline, {baseline.Name}, reaches {Figures.Value(baseline.Test)}." : ".");
            }
        }

        foreach (var sentence in summary.Seeds?.Sentences ?? [])
        {
            yield return sentence;
        }
    }

    private static string LastLosses(RecordedRun run)
    {
        var last = run.Curves.Where(curve => curve.Steps.Count > 0).GroupBy(curve => curve.Engine).Select(engine =>
        {
            var curve = engine.Last();
            var mean = double.IsNaN(curve.SmoothedLoss[^1]) ? "" : $", running mean {Figures.Value(curve.SmoothedLoss[^1])}";
            return $"{engine.Key} {Figures.Value(curve.Loss[^1])}{mean}{(curve.Seed is { } seed ? $" (seed {seed})" : "")}";
        });
        return $"The last noted training losses are {string.Join("; ", last)}.";
    }
}

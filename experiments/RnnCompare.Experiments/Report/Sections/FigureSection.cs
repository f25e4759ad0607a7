using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Every number, for copying.</summary>
internal static class FigureSection
{
    public static ReportSection? Of(RecordedRun run)
    {
        return run.Summary is { Figures.Count: > 0 } summary
            ? new()
            {
                Id = "numbers",
                Title = "All numbers",
                Answers = ["Every figure of summary.json under its place, unrounded. The points of a chart stand below it under “Numbers of this chart”; those of the loss curves are metrics.csv."],
                Tables = [new("summary.json", ["place", "value"], [.. summary.Figures.Select(figure => (IReadOnlyList<string>)[figure.Key, figure.Value])], []) { IsText = true }],
            }
            : null;
    }
}

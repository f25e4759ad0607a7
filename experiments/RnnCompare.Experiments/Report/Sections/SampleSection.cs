using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>What the trained model draws.</summary>
internal static class SampleSection
{
    public static ReportSection? Of(RecordedRun run)
    {
        return run.Summary is { Samples.Count: > 0 } summary
            ? new()
            {
                Id = "samples",
                Title = "Drawn from the model",
                Answers = [$"The trained model of {summary.Engines[0].Name} draws {Words.Count(summary.Samples.Count, "sample")} of its own."],
                Tables = [new("Samples", ["", "sample"], [.. summary.Samples.Select((sample, i) => (IReadOnlyList<string>)[$"{i + 1}", sample])], []) { IsText = true }],
            }
            : null;
    }
}

using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>What a worked example came to.</summary>
internal static class OutcomeSection
{
    public static ReportSection? Of(RecordedRun run)
    {
        return run.Summary?.Outcome is { } outcome
            ? new() { Id = "outcome", Title = "What the example came to", Answers = [outcome], Explanations = ["The printed arrays stand beside the computed ones in summary.md."] }
            : null;
    }
}

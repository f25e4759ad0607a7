using RnnCompare.Experiments.Report.Sections;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report;

/// <summary>The parts of a run's report, from what its folder says.</summary>
public static class ReportSections
{
    /// <summary>The parts, in the order in which they are read; a part without figures is left out.</summary>
    public static IReadOnlyList<ReportSection> Of(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ReportSection?[] sections =
        [
            OutcomeSection.Of(run),
            AgreementSection.Of(run),
            LossSection.Of(run),
            SeparationSection.Of(run),
            SpeedSection.Of(run),
            FlowSection.Of(run),
            SampleSection.Of(run),
            ConfigSection.Of(run),
            FigureSection.Of(run),
        ];
        return [.. sections.OfType<ReportSection>()];
    }
}

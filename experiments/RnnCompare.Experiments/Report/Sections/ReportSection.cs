using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>A part of a report that answers one question.</summary>
public sealed record ReportSection
{
    /// <summary>A short name, unique in a report: <c>agreement</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in words with its numbers, a paragraph each. It is taken from all figures, whatever a reader shows or hides.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>What is needed to read the charts, a paragraph each.</summary>
    public IReadOnlyList<string> Explanations { get; init; } = [];

    /// <summary>The charts.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>The tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];
}

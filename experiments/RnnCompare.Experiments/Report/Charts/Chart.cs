using System.Text.Json.Serialization;

namespace RnnCompare.Experiments.Report.Charts;

/// <summary>What a chart shows, without how it is drawn: the page draws it, and exports write it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LinesChart), "lines")]
[JsonDerivedType(typeof(DotsChart), "dots")]
[JsonDerivedType(typeof(SpreadChart), "spread")]
[JsonDerivedType(typeof(MapChart), "map")]
public abstract record Chart
{
    /// <summary>A short name, unique in a report: <c>loss</c>, <c>gradients-lstm</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis, with its unit where it has one.</summary>
    public required string XLabel { get; init; }

    /// <summary>The vertical axis, with its unit where it has one.</summary>
    public required string YLabel { get; init; }
}

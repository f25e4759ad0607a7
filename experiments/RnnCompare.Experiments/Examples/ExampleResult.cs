using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Examples;

/// <summary>What a worked example came to.</summary>
public sealed record ExampleResult
{
    /// <summary>The config.</summary>
    public required ExperimentConfig Config { get; init; }

    /// <summary>The outcome in a sentence or two.</summary>
    public required string Sentence { get; init; }

    /// <summary>Whether every gradient is as it must be.</summary>
    public required bool IsSound { get; init; }

    /// <summary>The gradients in the document's own names, shapes and order of axes, by who computed them.</summary>
    public required IReadOnlyDictionary<string, NamedArrays> Gradients { get; init; }

    /// <summary>The figures beside each other.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }
}

using RnnCompare.Models;

namespace RnnCompare.Experiments.Flow;

/// <summary>How gradients flow through one network on one batch, in float64.</summary>
public sealed record FlowCase
{
    /// <summary>What it is, unique among the cases of a measurement: <c>trained weights</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The network.</summary>
    public required RnnSpec Spec { get; init; }

    /// <summary>T.</summary>
    public required int Steps { get; init; }

    /// <summary>B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>‖dL/dh_t‖ of the whole loss: each engine that sees it, each layer and direction.</summary>
    public required IReadOnlyList<FlowNorms> Norms { get; init; }

    /// <summary>‖dL_T/dh_{T−k}‖ of the last step's loss alone, of each engine that sees it: the top layer, forward.</summary>
    public required IReadOnlyList<FlowCurve> Back { get; init; }

    /// <summary>What Whh's largest singular value says; null for gated cells.</summary>
    public GradientBound? Bound { get; init; }

    /// <summary>Every gate of every layer and direction.</summary>
    public IReadOnlyList<GateFlow> Gates { get; init; } = [];

    /// <summary>Every loss against every step, of each layer and direction.</summary>
    public IReadOnlyList<FlowMap> Maps { get; init; } = [];

    /// <summary>Jacobians, products and exponents of each layer and direction.</summary>
    public IReadOnlyList<StepSpectra> Spectra { get; init; } = [];

    /// <summary>The top layer's exponents, forward; null where they were not measured.</summary>
    public LyapunovSpectrum? Exponents => Spectra.LastOrDefault(spectra => !spectra.Place.Reverse)?.Exponents;

    /// <summary>The answer in words.</summary>
    public string Sentence => FlowSentence.Of(this);
}

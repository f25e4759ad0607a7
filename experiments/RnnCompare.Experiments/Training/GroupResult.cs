using RnnCompare.Experiments.Flow;

namespace RnnCompare.Experiments.Training;

/// <summary>What was measured of the engines that trained one network.</summary>
public sealed record GroupResult
{
    /// <summary>The cell's name.</summary>
    public required string Cell { get; init; }

    /// <summary>The engines, in the order of the config.</summary>
    public required IReadOnlyList<ContenderResult> Contenders { get; init; }

    /// <summary>Every gradient of the first batch, before training and truncated as that is: the first engine against each other one, in float64 and, where the run is in float32, in that too.</summary>
    public required IReadOnlyList<Agreement> Gradients { get; init; }

    /// <summary>The weights after training: the first engine against each other one, on the scale of how far perturbed copies moved off; none where the run diverged.</summary>
    public required IReadOnlyList<Agreement> Weights { get; init; }

    /// <summary>What the weights after training show.</summary>
    public required Verdict WeightsVerdict { get; init; }

    /// <summary>How the engines' weights moved apart on the way; nothing where there is one engine.</summary>
    public required IReadOnlyList<SeparationPoint> Separations { get; init; }

    /// <summary>The smoothed losses of the perturbed copies at the end; none where there is one engine.</summary>
    public required IReadOnlyList<double> PerturbedLosses { get; init; }

    /// <summary>How gradients flow through the trained weights; null where the run diverged, or no engine sees it.</summary>
    public FlowCase? Flow { get; init; }

    /// <summary>The gradients that were seen along the training, case after case; nothing where nobody looked.</summary>
    public IReadOnlyList<FlowSnapshot> FlowAlong { get; init; } = [];

    /// <summary>What the first engine's trained model draws of its own; none for tasks that have no such thing.</summary>
    public required IReadOnlyList<string> Samples { get; init; }
}

using RnnCompare.Cells;

namespace RnnCompare.Checking.Replay;

/// <summary>The statements of the forward pass, and how the program reads its weights and batch.</summary>
internal sealed record ForwardVariant
{
    /// <summary>The order in which the program takes the stacked gates to be; null for the right one.</summary>
    public GateOrder? GateOrder { get; init; }

    /// <summary>Whether the program takes Whh to be stored the other way round, gate by gate.</summary>
    public bool TransposedWhh { get; init; }

    public bool HiddenBiasMissing { get; init; }

    public bool OutputBiasMissing { get; init; }

    /// <summary>Whether zeros stand where the state that was handed in belongs.</summary>
    public bool InitialStateDiscarded { get; init; }

    /// <summary>Whether every sequence is taken to have all T steps.</summary>
    public bool LengthsIgnored { get; init; }

    /// <summary>Whether, where all T steps are run, the loss counts those within the lengths only; dy counts all.</summary>
    public bool LossMasked { get; init; }

    /// <summary>The activation of a plain cell; null for its own.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether the equations of the other GRU are computed.</summary>
    public bool OtherReset { get; init; }

    /// <summary>Whether h = z ⊙ n + (1 − z) ⊙ h_{t−1}.</summary>
    public bool UpdateInverted { get; init; }

    public LossValue Loss { get; init; }

    /// <summary>What the loss is multiplied with.</summary>
    public double LossFactor { get; init; } = 1;
}

namespace RnnCompare.Checking.Replay;

/// <summary>What happens to gradients that are otherwise finished.</summary>
internal sealed record FinishVariant
{
    /// <summary>The factor of the loss's reduction, which reaches every gradient.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Whether every gradient has the other sign.</summary>
    public bool Negated { get; init; }

    /// <summary>The element that fills a whole bias; null for none.</summary>
    public BiasElement? HiddenElement { get; init; }

    /// <summary>The element that fills dby; null for none.</summary>
    public BiasElement? OutputElement { get; init; }

    /// <summary>The order in which the gates of gradients are stacked; null for the right one.</summary>
    public GateOrder? GateOrder { get; init; }

    public Transposition Transposed { get; init; }

    public Rescaling Rescaling { get; init; } = Rescaling.None;
}

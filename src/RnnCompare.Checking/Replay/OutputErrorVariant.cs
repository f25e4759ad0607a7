namespace RnnCompare.Checking.Replay;

/// <summary>The statements that compute dy, the gradient of the loss with respect to the outputs.</summary>
internal sealed record OutputErrorVariant
{
    public TargetStep Targets { get; init; }

    public OutputErrorFormula Formula { get; init; }

    /// <summary>Whether only each sequence's last step has a dy.</summary>
    public bool OnlyLastStep { get; init; }
}

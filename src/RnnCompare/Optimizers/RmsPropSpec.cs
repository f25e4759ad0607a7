namespace RnnCompare.Optimizers;

/// <summary>RMSProp as torch.optim.RMSprop (Tieleman &amp; Hinton 2012; centered: Graves 2013).</summary>
public sealed record RmsPropSpec() : OptimizerSpec(learningRate: 1e-2)
{
    /// <summary>α, what remains of the running mean of squares after a step; not negative.</summary>
    public double Alpha { get; init => field = ArgumentChecks.NotNegative(value); } = 0.99;

    /// <summary>ε, added to the root of the mean of squares; not negative.</summary>
    public double Epsilon { get; init => field = ArgumentChecks.NotNegative(value); } = 1e-8;

    /// <summary>μ of the momentum on the scaled gradients; 0 for none.</summary>
    public double Momentum { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>Whether the scale is the gradient's running deviation from its mean instead of its size.</summary>
    public bool Centered { get; init; }
}

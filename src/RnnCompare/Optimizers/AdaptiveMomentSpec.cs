namespace RnnCompare.Optimizers;

/// <summary>The constants that Adam and AdamW share.</summary>
public abstract record AdaptiveMomentSpec : OptimizerSpec
{
    private protected AdaptiveMomentSpec(double weightDecay)
        : base(learningRate: 1e-3, weightDecay)
    {
    }

    /// <summary>β₁, what remains of the running mean of gradients after a step; in [0, 1).</summary>
    public double Beta1 { get; init => field = ArgumentChecks.BelowOne(value); } = 0.9;

    /// <summary>β₂, what remains of the running mean of squares after a step; in [0, 1).</summary>
    public double Beta2 { get; init => field = ArgumentChecks.BelowOne(value); } = 0.999;

    /// <summary>ε, added to the root of the mean of squares; not negative.</summary>
    public double Epsilon { get; init => field = ArgumentChecks.NotNegative(value); } = 1e-8;

    /// <summary>Whether the largest mean of squares so far takes the place of the present one (Reddi, Kale &amp; Kumar 2018).</summary>
    public bool AmsGrad { get; init; }
}

namespace RnnCompare.Optimizers;

/// <summary>Adagrad as torch.optim.Adagrad (Duchi, Hazan &amp; Singer 2011).</summary>
public sealed record AdagradSpec() : OptimizerSpec(learningRate: 1e-2)
{
    /// <summary>The learning rate of step n (from 0) is divided by 1 + n·this; not negative.</summary>
    public double LearningRateDecay { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>Where the sums of squares begin; not negative.</summary>
    public double InitialAccumulator { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>ε, added to the root of the sum of squares; not negative.</summary>
    public double Epsilon { get; init => field = ArgumentChecks.NotNegative(value); } = 1e-10;
}

namespace RnnCompare.Optimizers;

/// <summary>Which optimizer, and its constants; names, defaults and ranges are those of torch.optim.</summary>
/// <remarks>Every property refuses a value outside of its range with an <see cref="ArgumentOutOfRangeException"/> that names it.</remarks>
public abstract record OptimizerSpec
{
    private protected OptimizerSpec(double learningRate, double weightDecay = 0)
    {
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>η, the step size at the first step; not negative.</summary>
    public double LearningRate { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>λ: the weight times this is added to its gradient (AdamW: times η subtracted from the weight); not negative.</summary>
    public double WeightDecay { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>Makes sure that the constants fit each other.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public virtual void Require()
    {
    }
}

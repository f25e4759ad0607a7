namespace RnnCompare.Training;

/// <summary>Which optimizer, and its constants; names and defaults are those of torch.optim.</summary>
public abstract record OptimizerSpec
{
    /// <summary>The step size.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>The weight times this is added to its gradient (for AdamW: subtracted from the weight, times the learning rate).</summary>
    public double WeightDecay { get; init; }
}

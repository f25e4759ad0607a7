namespace RnnCompare.Training;

/// <summary>Adagrad as torch.optim.Adagrad (Duchi, Hazan &amp; Singer 2011).</summary>
public sealed record AdagradSpec : OptimizerSpec
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 1e-2;

    /// <summary>The learning rate of step n (from 0) is divided by 1 + n·this.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>Where the sums of squares begin.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>Added to the root of the sum of squares.</summary>
    public double Epsilon { get; init; } = 1e-10;
}

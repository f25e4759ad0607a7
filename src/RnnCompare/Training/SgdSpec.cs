namespace RnnCompare.Training;

/// <summary>Stochastic gradient descent as torch.optim.SGD.</summary>
public sealed record SgdSpec : OptimizerSpec
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 1e-2;

    /// <summary>μ in b ← μ·b + (1 − dampening)·g; 0 for none.</summary>
    public double Momentum { get; init; }

    /// <summary>What part of the gradient the momentum leaves out, from its second step on.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether the step is g + μ·b instead of b.</summary>
    public bool Nesterov { get; init; }
}

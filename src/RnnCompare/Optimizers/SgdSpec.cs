namespace RnnCompare.Optimizers;

/// <summary>Stochastic gradient descent as torch.optim.SGD; momentum: Polyak 1964, Nesterov 1983 in the form of Sutskever et al. 2013.</summary>
public sealed record SgdSpec() : OptimizerSpec(learningRate: 1e-3)
{
    /// <summary>μ in b ← μ·b + (1 − dampening)·g; 0 for none.</summary>
    public double Momentum { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>What part of the gradient the momentum leaves out, from its second step on.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether the step is g + μ·b instead of b; needs a momentum and no dampening.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override void Require()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new ArgumentException($"Nesterov needs a momentum above 0 and no dampening, but Momentum is {Momentum} and Dampening is {Dampening}.");
        }
    }
}

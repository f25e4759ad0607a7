namespace RnnCompare.Optimizers;

/// <summary>The rate falls by a factor at every step, as ExponentialLR: base · γ^step.</summary>
public sealed record ExponentialDecay : LearningRateSchedule
{
    /// <summary>γ, the factor; not negative.</summary>
    public required double Gamma { get; init => field = ArgumentChecks.NotNegative(value); }

    private protected override double Rate(int step, double baseRate) => baseRate * Math.Pow(Gamma, step);
}

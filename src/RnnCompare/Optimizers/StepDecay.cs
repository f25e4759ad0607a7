namespace RnnCompare.Optimizers;

/// <summary>The rate falls by a factor at regular intervals, as StepLR: base · γ^⌊step / stepSize⌋.</summary>
public sealed record StepDecay : LearningRateSchedule
{
    /// <summary>The steps from one fall to the next; at least 1.</summary>
    public required int StepSize { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>γ, the factor; not negative.</summary>
    public double Gamma { get; init => field = ArgumentChecks.NotNegative(value); } = 0.1;

    private protected override double Rate(int step, double baseRate) => baseRate * Math.Pow(Gamma, step / StepSize);
}

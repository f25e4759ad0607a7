namespace RnnCompare.Optimizers;

/// <summary>The base rate at every step.</summary>
public sealed record ConstantRate : LearningRateSchedule
{
    private protected override double Rate(int step, double baseRate) => baseRate;
}

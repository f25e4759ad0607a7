namespace RnnCompare.Optimizers;

/// <summary>
/// The rate follows half a cosine from the base rate down, as CosineAnnealingLR (Loshchilov &amp; Hutter 2017):
/// min + (base − min)·(1 + cos(π·step / steps)) / 2. Past the last step it rises again, as the formula says.
/// </summary>
public sealed record CosineAnnealing : LearningRateSchedule
{
    /// <summary>The steps from the base rate to the smallest (T_max); at least 1.</summary>
    public required int Steps { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>The smallest rate (eta_min); not negative.</summary>
    public double MinimumRate { get; init => field = ArgumentChecks.NotNegative(value); }

    private protected override double Rate(int step, double baseRate)
    {
        return MinimumRate + ((baseRate - MinimumRate) * (1 + Math.Cos(Math.PI * step / Steps)) / 2);
    }
}

namespace RnnCompare.Optimizers;

/// <summary>How the learning rate changes while training goes on: the closed forms of torch.optim.lr_scheduler.</summary>
/// <remarks>An engine is told the rate before each step through its LearningRate; a step here is whatever the caller counts, updates or epochs.</remarks>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The learning rate of one step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="baseRate">The learning rate of the optimizer's spec.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double RateAt(int step, double baseRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Rate(step, baseRate);
    }

    private protected abstract double Rate(int step, double baseRate);
}

/// <summary>The base rate at every step.</summary>
public sealed record ConstantRate : LearningRateSchedule
{
    private protected override double Rate(int step, double baseRate) => baseRate;
}

/// <summary>The rate falls by a factor at regular intervals, as StepLR: base · γ^⌊step / stepSize⌋.</summary>
public sealed record StepDecay : LearningRateSchedule
{
    /// <summary>The steps from one fall to the next; at least 1.</summary>
    public required int StepSize { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>γ, the factor; not negative.</summary>
    public double Gamma { get; init => field = ArgumentChecks.NotNegative(value); } = 0.1;

    private protected override double Rate(int step, double baseRate) => baseRate * Math.Pow(Gamma, step / StepSize);
}

/// <summary>The rate falls by a factor at every step, as ExponentialLR: base · γ^step.</summary>
public sealed record ExponentialDecay : LearningRateSchedule
{
    /// <summary>γ, the factor; not negative.</summary>
    public required double Gamma { get; init => field = ArgumentChecks.NotNegative(value); }

    private protected override double Rate(int step, double baseRate) => baseRate * Math.Pow(Gamma, step);
}

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

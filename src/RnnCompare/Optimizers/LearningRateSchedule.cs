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

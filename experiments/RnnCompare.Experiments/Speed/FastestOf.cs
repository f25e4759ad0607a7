namespace RnnCompare.Experiments.Speed;

/// <summary>Chooses the thread count that makes a training step fastest.</summary>
internal static class FastestOf
{
    private const double WorthIt = 0.95;

    /// <summary>Tries every thread count of the machine; more threads must be clearly worth it.</summary>
    /// <param name="create">Makes the step at a thread count.</param>
    public static TStep Threads<TStep>(Func<int, TStep> create)
        where TStep : class, ITimedStep
    {
        TStep? best = null;
        var bestSeconds = double.PositiveInfinity;
        foreach (var threads in SpeedMeasurement.ThreadCounts)
        {
            var step = create(threads);
            var seconds = Enumerable.Range(0, 5).Min(_ => step.SecondsOfStep());
            if (seconds < WorthIt * bestSeconds)
            {
                best?.Dispose();
                (best, bestSeconds) = (step, seconds);
            }
            else
            {
                step.Dispose();
            }
        }

        return best!;
    }
}

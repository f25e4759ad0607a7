
namespace RnnCompare.Experiments.Speed;

/// <summary>Chooses the thread count that makes a training step fastest.</summary>
internal static class FastestOf
{
    private const int Tries = 5;
    private const double WorthIt = 0.95;

    /// <summary>Tries every thread count of the machine in turns; more threads must be clearly worth it.</summary>
    /// <param name="create">Makes the step at a thread count.</param>
    public static TStep Threads<TStep>(Func<int, TStep> create)
        where TStep : class, ITimedStep
    {
        var steps = new List<TStep>();
        TStep? best = null;
        try
        {
            steps.AddRange(SpeedMeasurement.ThreadCounts.Select(create));
            var tries = Enumerable.Range(0, Tries).Select(_ => steps.ConvertAll(step => step.SecondsOfStep())).ToArray();
            var medians = steps.Select((_, i) => Quartiles.Of(tries.Select(seconds => seconds[i])).Median).ToArray();
            best = steps[Array.FindIndex(medians, median => WorthIt * median <= medians.Min())];
            return best;
        }
        finally
        {
            steps.Where(step => step != best).ToList().ForEach(step => step.Dispose());
        }
    }
}

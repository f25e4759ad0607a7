
namespace RnnCompare.Experiments.Speed;

/// <summary>Measures whether the time of this project's engine is linear in T and in B.</summary>
public static class DoublingMeasurement
{
    /// <summary>Measures case after case.</summary>
    /// <param name="options">The cases and how long each lasts; engines are not asked.</param>
    /// <param name="measured">Called after each case.</param>
    /// <param name="cancellation">Ends the measurement after the current round; a case that is not done by then is left out.</param>
    public static IReadOnlyList<DoublingResult> Run(SpeedOptions options, Action<SpeedCase> measured, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(measured);
        var results = new List<DoublingResult>();
        foreach (var speedCase in options.Cases)
        {
            if (Measure(speedCase, options.Duration, cancellation) is not { } result)
            {
                break;
            }

            results.Add(result);
            measured(speedCase);
        }

        return results;
    }

    private static DoublingResult? Measure(SpeedCase speedCase, TimeSpan duration, CancellationToken cancellation)
    {
        using var once = ThreadedEngine.Fastest(EngineFactory.OwnOf(speedCase.Cell), speedCase);
        using var twiceTheSteps = new ThreadedEngine(EngineFactory.OwnOf(speedCase.Cell), speedCase with { Steps = 2 * speedCase.Steps }, once.Threads);
        using var twiceTheBatch = new ThreadedEngine(EngineFactory.OwnOf(speedCase.Cell), speedCase with { BatchSize = 2 * speedCase.BatchSize }, once.Threads);
        return Rounds.Measure([once, twiceTheSteps, twiceTheBatch], duration, () => { }, cancellation) is { } seconds
            ? new(speedCase, once.Threads, Quartiles.Of(seconds[0]), Rounds.Ratio(seconds[1], seconds[0]), Rounds.Ratio(seconds[2], seconds[0]))
            : null;
    }
}

using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Speed;

/// <summary>Measures whole training steps, every engine at its best thread count, the engines taking turns.</summary>
public static class SpeedMeasurement
{
    /// <summary>The thread counts that every engine is tried with: 1, 2, 4, … up to the cores of the machine.</summary>
    public static IReadOnlyList<int> ThreadCounts { get; } = [.. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(threads => threads <= Environment.ProcessorCount)];

    /// <summary>Measures case after case.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="measured">Called after each case.</param>
    /// <param name="cancellation">Ends the measurement after the current round; a case that is not done by then is left out.</param>
    /// <exception cref="InputException">An engine does not have a case's cell.</exception>
    public static IReadOnlyList<SpeedResult> Run(SpeedOptions options, Action<SpeedResult> measured, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(measured);
        var results = new List<SpeedResult>();
        foreach (var speedCase in options.Cases)
        {
            if (Measure(speedCase, options, cancellation) is not { } result)
            {
                break;
            }

            results.Add(result);
            measured(result);
        }

        return results;
    }

    private static SpeedResult? Measure(SpeedCase speedCase, SpeedOptions options, CancellationToken cancellation)
    {
        var engines = new List<ITimedStep>();
        try
        {
            foreach (var name in EngineFactory.Of(options.Engines, speedCase.Cell))
            {
                engines.Add(ThreadedEngine.Fastest(name, speedCase));
            }

            if (options.Python is { } python)
            {
                engines.Add(NumpyStep.Fastest(python, speedCase));
            }

            // The limit is measured in the same rounds, so that both meet the same machine.
            using var workers = new Workers(engines[0].Threads);
            var limit = MachineLimit.Measure(engines[0].Threads);
            var rounds = Rounds.Measure(engines, options.Duration, () => limit = limit.OrBetter(MachinePeak.FlopsPerSecond<float>(workers)), cancellation);
            return rounds is null ? null : new(
                speedCase,
                [.. engines.Zip(rounds, (engine, seconds) => new EngineSpeed(engine.Name, engine.Threads, Quartiles.Of(seconds), Rounds.Ratio(seconds, rounds[0])) { Rounds = seconds })],
                limit,
                engines.OfType<NumpyStep>().FirstOrDefault()?.Library);
        }
        finally
        {
            engines.ForEach(engine => engine.Dispose());
        }
    }
}

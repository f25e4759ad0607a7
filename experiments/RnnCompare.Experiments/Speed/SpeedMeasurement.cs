using System.Diagnostics;
using RnnCompare.Experiments.Running;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Speed;

/// <summary>Measures whole training steps, every engine at its best thread count, the engines taking turns.</summary>
public static class SpeedMeasurement
{
    private const int LeastRounds = 7;
    private const int Seed = 1;

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
        var (weights, batch) = (speedCase.CreateWeights(Seed), speedCase.CreateBatch(Seed));
        var engines = new List<ITimedStep>();
        try
        {
            foreach (var name in options.Engines)
            {
                engines.Add(ThreadedEngine.Fastest(name, weights, batch));
            }

            if (options.Python is { } python)
            {
                engines.Add(NumpyStep.Fastest(python, speedCase));
            }

            // The limit is measured in the same rounds, so that both meet the same machine.
            using var workers = new Workers(engines[0].Threads);
            var peak = 0.0;
            var rounds = engines.Select(_ => new List<double>()).ToArray();
            var start = Stopwatch.GetTimestamp();
            for (var round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < options.Duration; round++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return null;
                }

                for (var i = 0; i < engines.Count; i++)
                {
                    var turn = (round + i) % engines.Count;
                    rounds[turn].Add(engines[turn].SecondsOfStep());
                }

                peak = Math.Max(peak, MachinePeak.FlopsPerSecond<float>(workers));
            }

            return new(
                speedCase,
                [.. engines.Zip(rounds, (engine, seconds) => new EngineSpeed(
                    engine.Name, engine.Threads, Quartiles.Of(seconds), Quartiles.Of(seconds.Zip(rounds[0], (own, first) => own / first))))],
                peak);
        }
        finally
        {
            engines.ForEach(engine => engine.Dispose());
        }
    }
}

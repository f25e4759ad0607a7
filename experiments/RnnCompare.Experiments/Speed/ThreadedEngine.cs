using System.Diagnostics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Running;
using RnnCompare.Models;
using RnnCompare.Torch;
using RnnCompare.Training;

namespace RnnCompare.Experiments.Speed;

/// <summary>An engine that is timed, at a thread count of its own.</summary>
internal sealed class ThreadedEngine : IDisposable
{
    private const double WorthIt = 0.95;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    private readonly IRnnEngine<float> _engine;
    private readonly SequenceBatch<float> _batch;
    private readonly int _stepsOfBurst;

    private ThreadedEngine(string name, RnnWeights<float> weights, SequenceBatch<float> batch, int threads)
    {
        Threads = threads;
        _batch = batch;
        _engine = EngineFactory.Create(name, weights, new TrainingOptions { Optimizer = new SgdSpec { LearningRate = 1e-3 } }, threads);
        SetThreads();
        var start = Stopwatch.GetTimestamp();
        var steps = 0;
        do
        {
            _engine.Train(batch);
            steps++;
        }
        while (steps < 2 || Stopwatch.GetElapsedTime(start) < WarmUp);

        _stepsOfBurst = Math.Max(1, (int)(steps * Burst / Stopwatch.GetElapsedTime(start)));
    }

    public string Name => _engine.Name;

    public int Threads { get; }

    /// <summary>The engine at whatever thread count makes it fastest; more threads must be clearly worth it.</summary>
    public static ThreadedEngine Fastest(string name, RnnWeights<float> weights, SequenceBatch<float> batch)
    {
        ThreadedEngine? best = null;
        var bestSeconds = double.PositiveInfinity;
        foreach (var threads in SpeedMeasurement.ThreadCounts)
        {
            var engine = new ThreadedEngine(name, weights, batch, threads);
            var seconds = Enumerable.Range(0, 5).Min(_ => engine.SecondsOfStep());
            if (seconds < WorthIt * bestSeconds)
            {
                best?.Dispose();
                (best, bestSeconds) = (engine, seconds);
            }
            else
            {
                engine.Dispose();
            }
        }

        return best!;
    }

    /// <summary>Makes a burst of steps and takes the time of one; the step before them brings caches and threads back.</summary>
    public double SecondsOfStep()
    {
        SetThreads();
        _engine.Train(_batch);
        var start = Stopwatch.GetTimestamp();
        for (var step = 0; step < _stepsOfBurst; step++)
        {
            _engine.Train(_batch);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / _stepsOfBurst;
    }

    public void Dispose() => _engine.Dispose();

    // libtorch has one thread count for the whole process.
    private void SetThreads()
    {
        if (Name != EngineFactory.Manual)
        {
            TorchEnvironment.SetThreads(Threads);
        }
    }
}

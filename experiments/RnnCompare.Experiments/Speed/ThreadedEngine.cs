using System.Diagnostics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Optimizers;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Speed;

/// <summary>An engine that is timed, at a thread count of its own.</summary>
internal sealed class ThreadedEngine : ITimedStep
{
    /// <summary>How long a burst of steps lasts about.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(20);

    private const int Seed = 1;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    private readonly IRnnEngine<float> _engine;
    private readonly SequenceBatch<float> _batch;
    private readonly int _stepsOfBurst;

    /// <summary>Creates an engine and warms it up.</summary>
    /// <exception cref="InputException">The engine does not have the case's cell.</exception>
    public ThreadedEngine(string name, SpeedCase speedCase, int threads)
    {
        Threads = threads;
        _batch = speedCase.CreateBatch(Seed);
        _engine = EngineFactory.Create(name, speedCase.CreateWeights(Seed), new TrainingOptions { Optimizer = new SgdSpec { LearningRate = 1e-3 } }, threads);
        SetThreads();
        var start = Stopwatch.GetTimestamp();
        var steps = 0;
        do
        {
            _engine.Train(_batch);
            steps++;
        }
        while (steps < 2 || Stopwatch.GetElapsedTime(start) < WarmUp);

        _stepsOfBurst = Math.Max(1, (int)(steps * Burst / Stopwatch.GetElapsedTime(start)));
    }

    public string Name => _engine.Name;

    public int Threads { get; }

    /// <summary>The engine at whatever thread count makes it fastest.</summary>
    public static ThreadedEngine Fastest(string name, SpeedCase speedCase)
    {
        return FastestOf.Threads(threads => new ThreadedEngine(name, speedCase, threads));
    }

    /// <inheritdoc/>
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
        if (Name is EngineFactory.Autograd or EngineFactory.Fused)
        {
            TorchEnvironment.SetThreads(Threads);
        }
    }
}

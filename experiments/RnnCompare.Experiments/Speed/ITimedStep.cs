namespace RnnCompare.Experiments.Speed;

/// <summary>Something whose training step is timed, at a thread count of its own.</summary>
internal interface ITimedStep : IDisposable
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>The threads that it computes with.</summary>
    int Threads { get; }

    /// <summary>Makes a burst of steps and takes the time of one; a step before them brings caches and threads back.</summary>
    double SecondsOfStep();
}

using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Training;

/// <summary>Keeps what a run has come to while it goes on, so that nothing is lost where it ends early.</summary>
public interface IRunKeeper
{
    /// <summary>A run begins or goes on: what was noted so far, with which its curves begin.</summary>
    void Begin(IEnumerable<NotedPoint> noted);

    /// <summary>An engine's losses were noted.</summary>
    void Note(NotedPoint point);

    /// <summary>Whether a checkpoint shall be kept after a step.</summary>
    bool WantsCheckpoint(int step);

    /// <summary>Keeps a checkpoint in the place of the last one.</summary>
    void Keep(NamedArrays checkpoint);
}

/// <summary>Keeps nothing.</summary>
internal sealed class NothingKept : IRunKeeper
{
    /// <inheritdoc/>
    public void Begin(IEnumerable<NotedPoint> noted)
    {
    }

    /// <inheritdoc/>
    public void Note(NotedPoint point)
    {
    }

    /// <inheritdoc/>
    public bool WantsCheckpoint(int step) => false;

    /// <inheritdoc/>
    public void Keep(NamedArrays checkpoint)
    {
    }
}

/// <summary>Where an engine stood after some steps.</summary>
/// <param name="Engine">Its name in tables.</param>
/// <param name="Point">Where it stood.</param>
public readonly record struct NotedPoint(string Engine, CurvePoint Point);

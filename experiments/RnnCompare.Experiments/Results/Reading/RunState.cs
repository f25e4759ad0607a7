namespace RnnCompare.Experiments.Results.Reading;

/// <summary>How far a recorded run has come.</summary>
public enum RunState
{
    /// <summary>It has no summary: it is under way, or was cut off.</summary>
    Unfinished,

    /// <summary>It made all its steps.</summary>
    Completed,

    /// <summary>It was stopped, and kept what was measured until then.</summary>
    Cancelled,

    /// <summary>A loss was no finite number any more.</summary>
    Diverged,
}

namespace RnnCompare.Experiments.Training;

/// <summary>How a run ended.</summary>
public enum RunEndKind
{
    /// <summary>All steps were made.</summary>
    Completed,

    /// <summary>It was asked to stop.</summary>
    Cancelled,

    /// <summary>A loss was no finite number any more.</summary>
    Diverged,
}

namespace RnnCompare.Experiments.Training;

/// <summary>How a run ended.</summary>
public enum RunEndKind
{
    /// <summary>All steps were made.</summary>
    Completed,

    /// <summary>It was asked to stop.</summary>
    Cancelled,

    /// <summary>The losses of an engine left the range of learning, or were no finite numbers any more.</summary>
    Diverged,
}

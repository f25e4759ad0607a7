namespace RnnCompare.Checking.Replay;

/// <summary>Which step's target is read at step t of a sequence of n steps.</summary>
internal enum TargetStep
{
    /// <summary>t.</summary>
    Right,

    /// <summary>t + 1, and 0 after the last.</summary>
    NextWrapping,

    /// <summary>t + 1; the last step has no error.</summary>
    NextDropping,

    /// <summary>t − 1, and n − 1 before the first.</summary>
    PreviousWrapping,

    /// <summary>t − 1; the first step has no error.</summary>
    PreviousDropping,

    /// <summary>t + 1, and 0 after step T − 1 of the padded batch.</summary>
    NextRolled,

    /// <summary>t − 1, and T − 1 of the padded batch before the first.</summary>
    PreviousRolled,

    /// <summary>n − 1 − t.</summary>
    Reversed,

    /// <summary>−t modulo n.</summary>
    ReversedShifted,
}

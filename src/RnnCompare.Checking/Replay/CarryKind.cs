namespace RnnCompare.Checking.Replay;

/// <summary>The ways of carrying dh back through time.</summary>
internal enum CarryKind
{
    /// <summary>That of step t+1.</summary>
    Right,

    /// <summary>None.</summary>
    Dropped,

    /// <summary>Always that of the last step.</summary>
    NotRotated,

    /// <summary>That of step t itself, from a dz computed without it.</summary>
    SameStep,

    /// <summary>That of step t itself, but none at the last step.</summary>
    SameStepButLast,

    /// <summary>That of step t+1 within windows of k steps, counted from the first; none across, for dc neither.</summary>
    Windows,

    /// <summary>That of step t+1, each step's loss reaching back over k steps, its own included; for dc too.</summary>
    StepsFromLoss,
}

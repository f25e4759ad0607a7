namespace RnnCompare.Checking.Replay;

/// <summary>Which steps a loop back through time visits.</summary>
internal enum LoopRange
{
    All,

    /// <summary>It ends before a sequence's first step.</summary>
    FirstSkipped,

    /// <summary>It begins one step before a sequence's last.</summary>
    LastSkipped,
}

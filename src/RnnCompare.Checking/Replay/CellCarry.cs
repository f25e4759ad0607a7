namespace RnnCompare.Checking.Replay;

/// <summary>Which carry is added to an LSTM's dc_t.</summary>
internal enum CellCarry
{
    /// <summary>That of step t+1, dc ⊙ f.</summary>
    Right,

    /// <summary>None.</summary>
    Dropped,

    /// <summary>Always that of the last step.</summary>
    NotRotated,

    /// <summary>That of step t+1, without ⊙ f.</summary>
    WithoutForget,
}

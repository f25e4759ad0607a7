namespace RnnCompare.Checking.Replay;

/// <summary>How a GRU's update gate is differentiated.</summary>
internal enum UpdateGate
{
    Right,

    /// <summary>z and 1 − z exchanged throughout.</summary>
    Inverted,

    /// <summary>dz_z with the other sign.</summary>
    SignFlipped,
}

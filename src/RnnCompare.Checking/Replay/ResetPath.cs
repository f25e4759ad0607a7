namespace RnnCompare.Checking.Replay;

/// <summary>What of a GRU's reset gate reaches the carry.</summary>
internal enum ResetPath
{
    Right,

    /// <summary>dz_r·Whr left out.</summary>
    GateMissing,

    /// <summary>dm ⊙ r left out; only where the reset gate acts before the product.</summary>
    ProductMissing,
}

namespace RnnCompare.Checking.Replay;

/// <summary>The ways of clipping and normalising.</summary>
internal enum RescalingKind
{
    None,

    /// <summary>Every element clamped to ±c.</summary>
    ClippedElementwise,

    /// <summary>All together scaled to norm c where theirs is larger.</summary>
    ClippedByNorm,

    /// <summary>Every array divided by its own norm.</summary>
    NormalisedEach,

    /// <summary>All together divided by their norm.</summary>
    NormalisedTogether,

    /// <summary>All multiplied by c.</summary>
    Multiplied,
}

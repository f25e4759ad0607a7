namespace RnnCompare.Checking.Replay;

/// <summary>The factor between dh and dz of a plain cell.</summary>
internal enum ActivationDerivative
{
    /// <summary>1 − h² for tanh, [h > 0] for relu.</summary>
    Right,

    /// <summary>1.</summary>
    Missing,

    /// <summary>1 − tanh²(h).</summary>
    OfOutput,

    /// <summary>1 − z².</summary>
    OfInput,

    /// <summary>1 − h.</summary>
    Unsquared,

    /// <summary>1 − h².</summary>
    AsTanh,

    /// <summary>[h > 0].</summary>
    AsRelu,

    /// <summary>h(1 − h).</summary>
    AsSigmoid,
}

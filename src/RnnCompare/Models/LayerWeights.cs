using RnnCompare.Numerics;

namespace RnnCompare.Models;

/// <summary>The weights of one layer in one direction.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class LayerWeights<T>
    where T : unmanaged
{
    /// <summary>Creates zeros in the shapes of a layer of a network.</summary>
    public LayerWeights(RnnSpec spec, int layer)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Wxh = new(spec.GateRows, spec.LayerInputSize(layer));
        Whh = new(spec.GateRows, spec.HiddenSize);
        bh = new(spec.GateRows);
        bhn = spec.Cell.HasCandidateBias ? new(spec.HiddenSize) : null;
    }

    /// <summary>Input weights (G·H, I), or (G·H, D·H) above the lowest layer.</summary>
    public NdArray<T> Wxh { get; }

    /// <summary>Recurrent weights (G·H, H).</summary>
    public NdArray<T> Whh { get; }

    /// <summary>Bias (G·H).</summary>
    public NdArray<T> bh { get; }

    /// <summary>The bias inside the GRU candidate's reset product (H), for cells that have one.</summary>
    public NdArray<T>? bhn { get; }
}

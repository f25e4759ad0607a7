using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>What one layer in one direction computed over a batch, forward and backward, at every step.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// "Previous" is meant in the direction of the layer: in reverse, the previous state of step t is that of step t+1.
/// What stands at steps past a sequence's end has no meaning.
/// </remarks>
public sealed record LayerRecord<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The layer, from 0 upwards.</summary>
    public required int Layer { get; init; }

    /// <summary>Whether it reads the sequence from its end.</summary>
    public required bool Reverse { get; init; }

    /// <summary>The gates as the cell's Forward left them for its Backward (T, B, G·H).</summary>
    public required NdArray<T> Gates { get; init; }

    /// <summary>The hidden state before each step (T, B, H).</summary>
    public required NdArray<T> HiddenPrevious { get; init; }

    /// <summary>The hidden state after each step (T, B, H).</summary>
    public required NdArray<T> Hidden { get; init; }

    /// <summary>The cell state before each step (T, B, H); no steps for cells without.</summary>
    public required NdArray<T> CellPrevious { get; init; }

    /// <summary>The inner value of <see cref="CellForward{T}.Inner"/> (T, B, H); no steps for cells that keep none.</summary>
    public required NdArray<T> Inner { get; init; }

    /// <summary>The total dL/dh_t (T, B, H).</summary>
    public required NdArray<T> dHidden { get; init; }

    /// <summary>dL/dz_t, the adjoint of the pre-activations, gate by gate (T, B, G·H).</summary>
    public required NdArray<T> dz { get; init; }
}

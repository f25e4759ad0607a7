using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Cells;

/// <summary>What a cell's forward step reads and writes. B is the number of sequences in this call. Rows lie behind each other without gaps.</summary>
/// <typeparam name="T">The precision.</typeparam>
public readonly ref struct CellForward<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whh, packed for the recurrent product.</summary>
    public required RecurrentWeights<T> Whh { get; init; }

    /// <summary>The candidate's recurrent bias (H); empty for cells without.</summary>
    public ReadOnlySpan<T> bhn { get; init; }

    /// <summary>(B, G·H). In: x_t·Wxhᵀ + bh. Out: what Backward needs to know of the gates.</summary>
    public required MatrixView<T> Gates { get; init; }

    /// <summary>h_{t−1} (B, H).</summary>
    public required MatrixView<T> HiddenPrevious { get; init; }

    /// <summary>h_t (B, H), written.</summary>
    public required MatrixView<T> Hidden { get; init; }

    /// <summary>c_{t−1} (B, H); empty for cells without.</summary>
    public MatrixView<T> CellPrevious { get; init; }

    /// <summary>c_t (B, H), written; empty for cells without.</summary>
    public MatrixView<T> Cell { get; init; }

    /// <summary>(B, H), written, for cells that keep an inner value.</summary>
    public MatrixView<T> Inner { get; init; }
}

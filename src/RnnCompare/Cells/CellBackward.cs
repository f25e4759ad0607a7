using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Cells;

/// <summary>What a cell's backward step reads and writes. B is the number of sequences in this call. Rows lie behind each other without gaps.</summary>
/// <typeparam name="T">The precision.</typeparam>
public readonly ref struct CellBackward<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whh, packed for the product that carries dz back to the previous state.</summary>
    public required RecurrentWeights<T> Whh { get; init; }

    /// <summary>(B, G·H), as Forward left them.</summary>
    public required MatrixView<T> Gates { get; init; }

    /// <summary>h_{t−1} (B, H).</summary>
    public required MatrixView<T> HiddenPrevious { get; init; }

    /// <summary>h_t (B, H).</summary>
    public required MatrixView<T> Hidden { get; init; }

    /// <summary>c_{t−1} (B, H); empty for cells without.</summary>
    public MatrixView<T> CellPrevious { get; init; }

    /// <summary>(B, H), as Forward left it; empty for cells that keep nothing.</summary>
    public MatrixView<T> Inner { get; init; }

    /// <summary>dL/dh_t (B, H), total: of the step's own output and of everything after it.</summary>
    public required MatrixView<T> dh { get; init; }

    /// <summary>dL/dc_t (B, H) as it arrived from step t+1; empty for cells without.</summary>
    public MatrixView<T> dc { get; init; }

    /// <summary>dL/dz_t (B, G·H), written: the adjoint of the pre-activations.</summary>
    public required MatrixView<T> dz { get; init; }

    /// <summary>The adjoint of the inner value (B, H), written by cells that keep one and need it for their weights.</summary>
    public MatrixView<T> dInner { get; init; }

    /// <summary>dL/dh_{t−1} (B, H), added to.</summary>
    public required MatrixView<T> dhPrevious { get; init; }

    /// <summary>dL/dc_{t−1} (B, H), written; empty for cells without.</summary>
    public MatrixView<T> dcPrevious { get; init; }
}

using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Cells;

/// <summary>Every step of a sequence, from which the gradients of Whh and bhn are summed. Rows are (step, sequence) pairs.</summary>
/// <typeparam name="T">The precision.</typeparam>
public readonly ref struct RecurrentGradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>dz of every step (T·B, G·H).</summary>
    public required MatrixView<T> PreActivation { get; init; }

    /// <summary>h_{t−1} of every step (T·B, H).</summary>
    public required MatrixView<T> HiddenPrevious { get; init; }

    /// <summary>The inner value of every step (T·B, H); empty for cells that keep nothing.</summary>
    public MatrixView<T> Inner { get; init; }

    /// <summary>The adjoint of the inner value of every step (T·B, H).</summary>
    public MatrixView<T> dInner { get; init; }

    /// <summary>The gradient of Whh (G·H, H), written.</summary>
    public required MatrixView<T> dWhh { get; init; }

    /// <summary>The gradient of bhn (H), written; empty for cells without.</summary>
    public Span<T> dbhn { get; init; }

    /// <summary>Who shares the products.</summary>
    public required Workers Workers { get; init; }
}

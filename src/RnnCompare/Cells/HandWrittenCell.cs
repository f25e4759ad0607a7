using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Cells;

/// <summary>A cell whose step is written out by hand, forward and backward, for the manual engine.</summary>
/// <remarks>
/// The contract that lets a cell be both readable and fast: Forward takes the already projected input of one step
/// (x_t·Wxhᵀ + bh, computed for all steps in one product before the loop), the previous state, and buffers of the caller to
/// write into; Backward takes the stored step and the total adjoint of its state, writes dz and adds to the adjoint of the
/// previous state. A cell holds no state and allocates nothing. A new one is a file with a subclass and a row of <see cref="CellTable"/>.
/// </remarks>
public abstract class HandWrittenCell : RecurrentCell
{
    /// <summary>Whether Forward keeps one more (B, H) value per step for Backward.</summary>
    public virtual bool KeepsInner => false;

    /// <summary>How Whh is cut for the recurrent products; one block unless a product needs the result of another.</summary>
    public virtual IReadOnlyList<GateBlock> RecurrentBlocks => [new(0, Gates.Count)];

    /// <summary>Computes one step.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    public abstract void Forward<T>(in CellForward<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Computes dz of one step and adds to the adjoint of the previous state.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    public abstract void Backward<T>(in CellBackward<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes the gradients of Whh and, where there is one, bhn, from the steps of a whole sequence.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    public virtual void WriteRecurrentGradients<T>(in RecurrentGradients<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // dWhh = Σ_t dz_tᵀ·h_{t−1}
        MatrixProduct.Product(sums.PreActivation.Transposed, sums.HiddenPrevious, sums.dWhh, sums.Workers);
    }
}

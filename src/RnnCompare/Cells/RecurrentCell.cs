using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Cells;

/// <summary>The equations of one step of a recurrent layer, forward and backward.</summary>
/// <remarks>
/// The contract that lets a cell be both readable and fast: Forward takes the already projected input of one step
/// (x_t·Wxhᵀ + bh, computed for all steps in one product before the loop), the previous state, and buffers of the caller to
/// write into; Backward takes the stored step and the total adjoint of its state, writes dz and adds to the adjoint of the
/// previous state. A cell holds no state and allocates nothing. A new one is a file with a subclass and a row of <see cref="CellTable"/>.
/// </remarks>
public abstract class RecurrentCell
{
    /// <summary>The name in configs, messages and tables.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the cell and its variants together: <c>rnn</c> for tanh and relu, <c>gru</c> for both places of the reset gate.</summary>
    public virtual string Family => Name;

    /// <summary>What tells the cell from the others of its family: the activation, or where the reset gate stands; null for the only one.</summary>
    public virtual string? Variant => null;

    /// <summary>The gates in the order in which they are stacked in Wxh, Whh and bh; their number is G.</summary>
    public abstract IReadOnlyList<Gate> Gates { get; }

    /// <summary>Whether a cell state c goes with the hidden state.</summary>
    public virtual bool HasCellState => false;

    /// <summary>The states that go from one step to the next: <c>h</c> and, where there is one, <c>c</c>.</summary>
    public IReadOnlyList<string> States => HasCellState ? ["h", "c"] : ["h"];

    /// <summary>Whether a gate has a recurrent bias of its own (<c>bhn</c>).</summary>
    public bool HasCandidateBias => Gates.Any(gate => gate.HasRecurrentBias);

    /// <summary>The layer of torch.nn that computes the same cell, <c>nn.LSTM</c>; null where there is none.</summary>
    public virtual string? TorchLayer => null;

    /// <summary>Whether Forward keeps one more (B, H) value per step for Backward.</summary>
    public virtual bool KeepsInner => false;

    /// <summary>How Whh is cut for the recurrent products; one block unless a product needs the result of another.</summary>
    public virtual IReadOnlyList<GateBlock> RecurrentBlocks => [new(0, Gates.Count)];

    /// <summary>The place of a gate in <see cref="Gates"/>; null where the cell has no such gate.</summary>
    /// <param name="name">The gate's letter.</param>
    public int? GateIndex(string name)
    {
        for (var i = 0; i < Gates.Count; i++)
        {
            if (Gates[i].Name == name)
            {
                return i;
            }
        }

        return null;
    }

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

    /// <inheritdoc/>
    public override string ToString() => Name;
}

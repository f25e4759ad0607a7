namespace RnnCompare.Cells;

/// <summary>What a recurrent cell is to those who hold its weights and states: its name, its tensors, what a step hands on.</summary>
/// <remarks>How it computes is another matter: by hand (<see cref="HandWrittenCell"/>), or from equations that are data.</remarks>
public abstract class RecurrentCell
{
    private const string ForgetGate = "f";

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
    public virtual IReadOnlyList<string> States => HasCellState ? ["h", "c"] : ["h"];

    /// <summary>Whether a gate has a recurrent bias of its own (<c>bhn</c>).</summary>
    public bool HasCandidateBias => Gates.Any(gate => gate.HasRecurrentBias);

    /// <summary>Whether a gate with a bias decides how much of the last cell state is kept.</summary>
    public bool HasForgetBias => Tensors(1, 1).Any(tensor => tensor.Blocks.Any(block => block.IsForgetBias));

    /// <summary>The layer of torch.nn that computes the same cell, <c>nn.LSTM</c>; null where there is none.</summary>
    public virtual string? TorchLayer => null;

    /// <summary>The elements of the hidden state, which a layer hands on to the read-out and to the layer above.</summary>
    /// <param name="hiddenSize">H.</param>
    public virtual int HiddenStateSize(int hiddenSize) => hiddenSize;

    /// <summary>The elements of the cell state.</summary>
    /// <param name="hiddenSize">H.</param>
    public virtual int CellStateSize(int hiddenSize) => hiddenSize;

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

    /// <summary>The tensors of a layer in one direction, in their order.</summary>
    /// <param name="inputSize">What enters the layer.</param>
    /// <param name="hiddenSize">H.</param>
    public virtual IReadOnlyList<CellTensor> Tensors(int inputSize, int hiddenSize)
    {
        var (rows, input, recurrent) = (Gates.Count * hiddenSize, CellBlock.Matrix(hiddenSize, inputSize) with { ReadsInput = true }, CellBlock.Matrix(hiddenSize, hiddenSize));
        CellTensor[] tensors =
        [
            new("Wxh", [rows, inputSize], Repeated(input)),
            new("Whh", [rows, hiddenSize], Repeated(recurrent)),
            new("bh", [rows], [.. Gates.Select(gate => input.Bias() with { IsForgetBias = gate.Name == ForgetGate })]),
        ];
        return HasCandidateBias ? [.. tensors, new("bhn", [hiddenSize], [recurrent.Bias()])] : tensors;

        CellBlock[] Repeated(CellBlock block) => [.. Enumerable.Repeat(block, Gates.Count)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

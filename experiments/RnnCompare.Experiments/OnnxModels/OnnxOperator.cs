using RnnCompare.Cells;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>How ONNX has a cell.</summary>
/// <remarks>
/// ONNX stacks gates in an order of its own, keeps both biases of a layer in one row [Wb, Rb], and lets <c>linear_before_reset</c> say
/// which GRU is meant: 1 for nn.GRU's, whose reset gate acts on the recurrent product with its bias; 0, the default, for the other.
/// </remarks>
/// <param name="Name">The operator.</param>
/// <param name="Gates">The gates in the order in which it stacks them, by the cell's letters.</param>
/// <param name="OwnGates">The same in ONNX's letters.</param>
/// <param name="Cell">The cell.</param>
internal sealed record OnnxOperator(string Name, string Gates, string OwnGates, RecurrentCell Cell)
{
    /// <summary>The activation that must be said; null where the operator's defaults are right.</summary>
    public string? Activation { get; init; }

    /// <summary>The attribute of a GRU; null for other operators.</summary>
    public long? LinearBeforeReset { get; init; }

    /// <summary>The activations that the operator has where none are said, for one direction.</summary>
    public string Defaults => Name switch { "LSTM" => "Sigmoid, Tanh, Tanh", "GRU" => "Sigmoid, Tanh", _ => "Tanh" };

    /// <summary>The cells that ONNX has operators for.</summary>
    public static IReadOnlyList<OnnxOperator> All { get; } =
    [
        new("RNN", "h", "i", RnnCell.Tanh) { Activation = "Tanh" },
        new("RNN", "h", "i", RnnCell.Relu) { Activation = "Relu" },
        new("LSTM", "iofg", "iofc", LstmCell.Instance),
        new("GRU", "zrn", "zrh", GruCell.Instance) { LinearBeforeReset = 1 },
        new("GRU", "zrn", "zrh", GruResetBeforeCell.Instance) { LinearBeforeReset = 0 },
    ];

    /// <summary>Whether an operator's name is one of these.</summary>
    public static bool IsRecurrent(string name) => All.Any(row => row.Name == name);

    /// <summary>The operator of a cell.</summary>
    /// <exception cref="InputException">ONNX has none.</exception>
    public static OnnxOperator Of(RecurrentCell cell)
    {
        return All.FirstOrDefault(row => row.Cell == cell)
            ?? throw new InputException($"ONNX has no operator of the cell {cell}; it has those of {string.Join(", ", All.Select(row => row.Cell))}.");
    }

    /// <summary>Puts blocks of rows into another order.</summary>
    /// <param name="rows">One block of equal size for each gate.</param>
    /// <param name="from">The present order, by the cell's letters.</param>
    /// <param name="to">The new one.</param>
    public static float[] Reorder(ReadOnlySpan<float> rows, string from, string to)
    {
        var (size, result) = (rows.Length / from.Length, new float[rows.Length]);
        for (var gate = 0; gate < to.Length; gate++)
        {
            rows.Slice(from.IndexOf(to[gate], StringComparison.Ordinal) * size, size).CopyTo(result.AsSpan(gate * size));
        }

        return result;
    }

    /// <summary>The order of the cell's own gates.</summary>
    public string CellGates => Cell.Gates.Count == 1 ? Gates : string.Concat(Cell.Gates);
}

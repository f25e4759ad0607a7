using RnnCompare.Cells;
using RnnCompare.Data.Files;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Onnx;

/// <summary>Recurrent networks as models of ONNX's operators RNN, LSTM and GRU.</summary>
/// <remarks>
/// ONNX stacks gates in an order of its own (LSTM i, o, f, c; GRU z, r, h), keeps both biases of a layer in one row [Wb, Rb], and lets
/// <c>linear_before_reset</c> say which GRU is meant: 1 for nn.GRU's, whose reset gate acts on the recurrent product with its bias.
/// </remarks>
public static class OnnxNetwork
{
    /// <summary>The version of the operators that is written.</summary>
    public const int OperatorSet = 17;

    private static readonly OnnxOperator[] Operators =
    [
        new("RNN", "h", RnnCell.Tanh) { Activation = "Tanh" },
        new("RNN", "h", RnnCell.Relu) { Activation = "Relu" },
        new("LSTM", "iofg", LstmCell.Instance),
        new("GRU", "zrn", GruCell.Instance) { LinearBeforeReset = 1 },
        new("GRU", "zrn", GruResetBeforeCell.Instance) { LinearBeforeReset = 0 },
    ];

    /// <summary>The operator of a cell.</summary>
    /// <exception cref="ArgumentException">ONNX has none.</exception>
    public static OnnxOperator Of(RecurrentCell cell)
    {
        return Operators.FirstOrDefault(row => row.Cell == cell)
            ?? throw new ArgumentException($"ONNX has no operator of the cell {cell}; there are those of {string.Join(", ", Operators.Select(row => row.Cell))}.", nameof(cell));
    }

    /// <summary>A network as a model: x (T, B, I) and the first states in, outputs and last states out, float32.</summary>
    public static OnnxModel Model(RnnWeights<float> weights) => new OnnxGraph(weights).Model;

    /// <summary>The bytes of a model's file.</summary>
    public static byte[] Write(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OnnxWriter.Write(model);
    }

    /// <summary>Reads a model's file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds no recurrent layers whose weights are constants.</exception>
    public static OnnxLayers Read(byte[] file, string source) => OnnxLayers.Of(new OnnxReader(source).Read(file), source);

    internal static OnnxOperator Find(OnnxNode node, string activation, long linearBeforeReset, string source)
    {
        return Operators.FirstOrDefault(row => row.Name == node.Operator && (row.Name != "RNN" || row.Activation == activation) && (row.Name != "GRU" || row.LinearBeforeReset == linearBeforeReset))
            ?? throw ArrayName.Refuse(source, $"{node.Label} has the activation {activation}, expected Tanh or Relu.");
    }
}

/// <summary>How ONNX has a cell.</summary>
/// <param name="Name">The operator.</param>
/// <param name="Gates">The gates in the order in which it stacks them, by the cell's letters.</param>
/// <param name="Cell">The cell.</param>
public sealed record OnnxOperator(string Name, string Gates, RecurrentCell Cell)
{
    /// <summary>The activation that must be said; null where the operator's default is right.</summary>
    public string? Activation { get; init; }

    /// <summary>The attribute of a GRU; null for other operators.</summary>
    public long? LinearBeforeReset { get; init; }

    /// <summary>Puts rows of gates into another order.</summary>
    /// <param name="values">(G·H, columns).</param>
    /// <param name="from">The present order, by the cell's letters.</param>
    /// <param name="to">The new one.</param>
    public static double[] Reorder(double[] values, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var (size, result) = (values.Length / from.Length, new double[values.Length]);
        for (var gate = 0; gate < to.Length; gate++)
        {
            Array.Copy(values, from.IndexOf(to[gate], StringComparison.Ordinal) * size, result, gate * size, size);
        }

        return result;
    }

    /// <summary>The cell's own order of gates.</summary>
    public string OwnGates => string.Concat(Cell.Gates);
}

using Onnx;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>What ONNX Runtime has at the ends of one recurrent operator.</summary>
/// <param name="Operator">The operator, as the model means it.</param>
/// <param name="X">What it reads, (T, B, inputs).</param>
/// <param name="W">Input weights (D, G·H, inputs).</param>
/// <param name="R">Recurrent weights (D, G·H, H).</param>
/// <param name="B">Both biases (D, 2·G·H).</param>
/// <param name="H0">The state before the first step (D, B, H).</param>
/// <param name="C0">The LSTM's cell state before the first step (D, B, H).</param>
/// <param name="Y">What it gives, (T, D, B, H).</param>
internal sealed record TracedLayer(OnnxOperator Operator, NdArray<float> X, NdArray<float> W, NdArray<float> R, NdArray<float> B, NdArray<float> H0, NdArray<float> C0, NdArray<float> Y)
{
    /// <summary>D.</summary>
    public int Directions => W.Shape[0];

    /// <summary>H.</summary>
    public int HiddenSize => R.Shape[2];

    /// <summary>What it gives, (T, B, D·H).</summary>
    public NdArray<float> Features
    {
        get
        {
            var (steps, batch, hidden) = (Y.Shape[0], Y.Shape[2], HiddenSize);
            var features = new NdArray<float>(steps, batch, Directions * hidden);
            for (var i = 0; i < steps * Directions * batch; i++)
            {
                var (t, rest) = int.DivRem(i, Directions * batch);
                var (direction, b) = int.DivRem(rest, batch);
                Y.Data.AsSpan(i * hidden, hidden).CopyTo(features.Data.AsSpan((((t * batch) + b) * Directions * hidden) + (direction * hidden)));
            }

            return features;
        }
    }
}

/// <summary>One run of a model by ONNX Runtime, with what stands at the ends of its recurrent operators.</summary>
/// <remarks>
/// Whatever a model does to its inputs in front of these operators (turns axes, looks tokens up) and however it makes its constants and
/// first states: what the operators read is taken from the run itself.
/// </remarks>
/// <param name="File">The model.</param>
/// <param name="Layers">The operators, the lowest first.</param>
/// <param name="Outputs">What leaves the model, by name.</param>
internal sealed record OnnxTrace(OnnxModelFile File, IReadOnlyList<TracedLayer> Layers, IReadOnlyDictionary<string, NdArray<float>> Outputs)
{
    // X, W, R, B, and the first states; the others are lengths and peepholes.
    private static readonly int[] Inputs = [0, 1, 2, 3, 5, 6];

    /// <summary>Runs a model.</summary>
    /// <exception cref="InputException">It cannot be run, or its operators are no layers on each other.</exception>
    public static OnnxTrace Run(OnnxModelFile file, IReadOnlyDictionary<string, OnnxInput> inputs)
    {
        var model = file.Model.Clone();
        NodeProto[] layers = [.. model.Graph.Node.Where(node => OnnxOperator.IsRecurrent(node.OpType))];
        string[] ends = [.. layers.SelectMany((node, layer) => Ends(node, layer)).Distinct()];
        foreach (var name in ends)
        {
            // A copy of each, since neither constants nor inputs of a model are outputs of it.
            model.Graph.Node.Add(OnnxGraph.Node("Identity", Copy(name), [name], [Copy(name)]));
            model.Graph.Output.Add(new ValueInfoProto { Name = Copy(name) });
        }

        string[] outputs = [.. file.Model.Graph.Output.Where(output => (TensorProto.Types.DataType?)output.Type?.TensorType?.ElemType is TensorProto.Types.DataType.Float).Select(output => output.Name)];
        var values = ends.Concat(outputs).Zip(OnnxSession.Run(model, inputs, [.. ends.Select(Copy), .. outputs], file.Path)).DistinctBy(pair => pair.First).ToDictionary();
        var trace = new OnnxTrace(file, [.. layers.Select(node => Layer(file, node, values))], outputs.ToDictionary(name => name, name => values[name]));
        trace.RequireStack();
        return trace;
    }

    /// <summary>The layers as a network whose outputs are its states (O = D·H): the operators as ONNX defines them.</summary>
    public RnnWeights<double> Network()
    {
        var lowest = Layers[0];
        var weights = new RnnWeights<double>(new()
        {
            Cell = lowest.Operator.Cell,
            InputSize = lowest.W.Shape[2],
            HiddenSize = lowest.HiddenSize,
            OutputSize = lowest.Directions * lowest.HiddenSize,
            Layers = Layers.Count,
            Bidirectional = lowest.Directions == 2,
            Loss = LossKind.SquaredError,
            Reduction = Reduction.Sum,
        });
        for (var layer = 0; layer < Layers.Count; layer++)
        {
            for (var direction = 0; direction < lowest.Directions; direction++)
            {
                Fill(weights.Layer(layer, direction == 1), Layers[layer], direction);
            }
        }

        for (var i = 0; i < weights.Spec.OutputSize; i++)
        {
            weights.Why[i, i] = 1;
        }

        return weights;
    }

    /// <summary>What the lowest operator read, with the states before the first step.</summary>
    public SequenceBatch<double> Batch()
    {
        return new()
        {
            Inputs = new(Layers[0].X.Convert<float, double>()),
            InitialState = new() { Hidden = States(layer => layer.H0), Cell = Layers[0].Operator.Cell.HasCellState ? States(layer => layer.C0) : null },
        };
    }

    private NdArray<double> States(Func<TracedLayer, NdArray<float>> state)
    {
        var shape = state(Layers[0]).Shape;
        return new([.. Layers.SelectMany(layer => state(layer).Data).Select(value => (double)value)], Layers.Count * shape[0], shape[1], shape[2]);
    }

    private static void Fill(LayerWeights<double> weights, TracedLayer layer, int direction)
    {
        var (size, rows) = (layer.HiddenSize, layer.W.Shape[1]);
        Copy(layer.W.Data.AsSpan(direction * weights.Wxh.Length, weights.Wxh.Length), weights.Wxh);
        Copy(layer.R.Data.AsSpan(direction * weights.Whh.Length, weights.Whh.Length), weights.Whh);
        Copy(layer.B.Data.AsSpan(direction * 2 * rows, rows), weights.bh);
        var second = new NdArray<double>(rows);
        Copy(layer.B.Data.AsSpan(((direction * 2) + 1) * rows, rows), second);
        if (weights.bhn is { } candidate)
        {
            second.Span[^size..].CopyTo(candidate.Span);
            second.Span[^size..].Clear();
        }

        for (var i = 0; i < rows; i++)
        {
            weights.bh.Data[i] += second.Data[i];
        }

        void Copy(ReadOnlySpan<float> from, NdArray<double> to)
        {
            var ordered = OnnxOperator.Reorder(from, layer.Operator.Gates, layer.Operator.CellGates);
            for (var i = 0; i < ordered.Length; i++)
            {
                to.Data[i] = ordered[i];
            }
        }
    }

    private void RequireStack()
    {
        for (var i = 1; i < Layers.Count; i++)
        {
            var (below, layer) = (Layers[i - 1], Layers[i]);
            if (layer.Operator != below.Operator || layer.HiddenSize != below.HiddenSize || !layer.X.Data.AsSpan().SequenceEqual(below.Features.Data))
            {
                throw File.Refuse($"{OnnxModelFile.Label(File.Layers[i])} is no layer on top of {OnnxModelFile.Label(File.Layers[i - 1])}, which it would have to read as it is, with the same cell and H.");
            }
        }
    }

    private static IEnumerable<string> Ends(NodeProto node, int layer)
    {
        if (node.Output[0].Length == 0)
        {
            node.Output[0] = $"Y of layer {layer}"; // an output that nobody reads has no name
        }

        return Inputs.Select(index => OnnxModelFile.Input(node, index)).OfType<string>().Append(node.Output[0]);
    }

    private static string Copy(string name) => $"copy of {name}";

    private static TracedLayer Layer(OnnxModelFile file, NodeProto node, Dictionary<string, NdArray<float>> values)
    {
        var (x, w, y) = (values[node.Input[0]], values[node.Input[1]], values[node.Output[0]]);
        int[] state = [w.Shape[0], x.Shape[1], y.Shape[3]];
        return new(file.OperatorOf(node), x, w, values[node.Input[2]], Given(3, w.Shape[0], 2 * w.Shape[1]), Given(5, state), Given(6, state), y);

        NdArray<float> Given(int index, params int[] shape) => OnnxModelFile.Input(node, index) is { } name ? values[name] : new(shape);
    }
}

using Onnx;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static RnnCompare.Experiments.OnnxModels.OnnxGraph;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>A network as an ONNX model: one recurrent operator for each layer, and the read-out behind them.</summary>
/// <remarks>
/// Inputs are x (T, B, I) and the first states h0 and c0 (L·D, B, H); outputs are y (T, B, O), or (B, O) with outputs at the last step,
/// and the last states h_n and c_n, all float32. T and B are free.
/// </remarks>
internal sealed class OnnxWriter
{
    private const int IrVersion = 8; // the first that knows the operators of version 17
    private const int OperatorVersion = 17;

    private readonly RnnWeights<float> _weights;
    private readonly OnnxOperator _operator;
    private readonly GraphProto _graph = new() { Name = "network" };

    private OnnxWriter(RnnWeights<float> weights)
    {
        _weights = weights;
        _operator = OnnxOperator.Of(weights.Spec.Cell);
    }

    private RnnSpec Spec => _weights.Spec;

    private string[] States => Spec.Cell.HasCellState ? ["h", "c"] : ["h"];

    /// <summary>Writes a network.</summary>
    /// <exception cref="InputException">ONNX has no operator of the cell.</exception>
    public static ModelProto Write(RnnWeights<float> weights)
    {
        var writer = new OnnxWriter(weights);
        var features = writer.AddLayers();
        writer.AddReadOut(features);
        writer.AddEnds();
        return new() { IrVersion = IrVersion, ProducerName = "RnnCompare", Graph = writer._graph, OpsetImport = { new OperatorSetIdProto { Version = OperatorVersion } } };
    }

    private string AddLayers()
    {
        foreach (var state in States.Where(_ => Spec.Layers > 1))
        {
            Add(Node("Split", $"split_{state}", [$"{state}0", "directions"], Each(layer => $"{state}0.{layer}"), Attribute("axis", 0)));
        }

        if (Spec.Layers > 1)
        {
            _graph.Initializer.Add(Constant("directions", [.. Enumerable.Repeat((long)Spec.Directions, Spec.Layers)]));
        }

        _graph.Initializer.Add(Constant("features", 0, 0, Spec.FeatureSize));
        var input = "x";
        for (var layer = 0; layer < Spec.Layers; layer++)
        {
            AddLayer(layer, input);
            Add(Node("Transpose", $"batch.{layer}", [$"Y.{layer}"], [$"Y_batch.{layer}"], Attribute("perm", [0L, 2, 1, 3])));
            input = $"h.{layer}";
            Add(Node("Reshape", $"reshape.{layer}", [$"Y_batch.{layer}", "features"], [input])); // (T, B, D, H) to (T, B, D·H)
        }

        foreach (var state in States.Where(_ => Spec.Layers > 1))
        {
            Add(Node("Concat", $"concat_{state}", Each(layer => $"{state}_n.{layer}"), [$"{state}_n"], Attribute("axis", 0)));
        }

        return input;
    }

    private void AddLayer(int layer, string input)
    {
        AddWeights(layer);
        var suffix = Spec.Layers > 1 ? $".{layer}" : "";
        List<AttributeProto> attributes = [Attribute("hidden_size", Spec.HiddenSize), Attribute("direction", Spec.Bidirectional ? "bidirectional" : "forward")];
        if (_operator.Activation is { } activation)
        {
            attributes.Add(Attribute("activations", Enumerable.Repeat(activation, Spec.Directions)));
        }

        if (_operator.LinearBeforeReset is { } linear)
        {
            attributes.Add(Attribute("linear_before_reset", linear));
        }

        Add(Node(
            _operator.Name,
            $"layer.{layer}",
            [input, $"W.{layer}", $"R.{layer}", $"B.{layer}", "", .. States.Select(state => $"{state}0{suffix}")],
            [$"Y.{layer}", .. States.Select(state => $"{state}_n{suffix}")],
            [.. attributes]));
    }

    private void AddWeights(int layer)
    {
        var (input, recurrent, biases) = (new List<float>(), new List<float>(), new List<float>());
        for (var direction = 0; direction < Spec.Directions; direction++)
        {
            var weights = _weights.Layer(layer, reverse: direction == 1);
            input.AddRange(Ordered(weights.Wxh));
            recurrent.AddRange(Ordered(weights.Whh));
            biases.AddRange(Ordered(weights.bh));
            biases.AddRange(Ordered(SecondBias(weights)));
        }

        _graph.Initializer.Add(Constant($"W.{layer}", [.. input], Spec.Directions, Spec.GateRows, Spec.LayerInputSize(layer)));
        _graph.Initializer.Add(Constant($"R.{layer}", [.. recurrent], Spec.Directions, Spec.GateRows, Spec.HiddenSize));
        _graph.Initializer.Add(Constant($"B.{layer}", [.. biases], Spec.Directions, 2 * Spec.GateRows));
    }

    // Zero, but for the candidate's part that stands inside the reset product.
    private NdArray<float> SecondBias(LayerWeights<float> weights)
    {
        var bias = new NdArray<float>(Spec.GateRows);
        weights.bhn?.Span.CopyTo(bias.Span[^Spec.HiddenSize..]);
        return bias;
    }

    private float[] Ordered(NdArray<float> rows) => OnnxOperator.Reorder(rows.Span, _operator.CellGates, _operator.Gates);

    private void AddReadOut(string features)
    {
        if (Spec.Outputs == OutputMode.LastStep)
        {
            _graph.Initializer.Add(new TensorProto { Name = "last", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { -1 } });
            Add(Node("Gather", "last_step", [features, "last"], ["h.last"], Attribute("axis", 0)));
            features = "h.last";
        }

        _graph.Initializer.Add(Constant("Why", _weights.Why.Transpose().Span, Spec.FeatureSize, Spec.OutputSize));
        _graph.Initializer.Add(Constant("by", _weights.by.Span, Spec.OutputSize));
        Add(Node("MatMul", "product", [features, "Why"], ["product"]));
        Add(Node("Add", "output", ["product", "by"], ["y"]));
    }

    private void AddEnds()
    {
        (string, int?)[] states = [("", Spec.Layers * Spec.Directions), ("B", null), ("", Spec.HiddenSize)];
        _graph.Input.Add(Value("x", ("T", null), ("B", null), ("", Spec.InputSize)));
        _graph.Input.AddRange(States.Select(state => Value($"{state}0", states)));
        _graph.Output.Add(Spec.Outputs == OutputMode.EveryStep ? Value("y", ("T", null), ("B", null), ("", Spec.OutputSize)) : Value("y", ("B", null), ("", Spec.OutputSize)));
        _graph.Output.AddRange(States.Select(state => Value($"{state}_n", states)));
    }

    private IEnumerable<string> Each(Func<int, string> name) => Enumerable.Range(0, Spec.Layers).Select(name);

    private void Add(NodeProto node) => _graph.Node.Add(node);
}

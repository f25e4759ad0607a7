using Onnx;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>A mistake that someone who writes a model can make, as what undoes it.</summary>
/// <param name="Id">The mistake's name.</param>
/// <param name="Wrong">What the model says.</param>
/// <param name="Right">What it should say.</param>
/// <param name="Mend">Changes one recurrent operator so that it says what is right.</param>
internal sealed record OnnxEdit(string Id, string Wrong, string Right, Action<NodeProto, TracedLayer, GraphProto> Mend)
{
    /// <summary>The mistakes that operators of this kind can have, those that are made most first.</summary>
    public static IEnumerable<OnnxEdit> For(OnnxOperator row)
    {
        var orders = GateOrders(row).ToArray();
        if (row.LinearBeforeReset is { } linear)
        {
            var flip = new OnnxEdit(
                "linear-before-reset",
                $"linear_before_reset is {linear}: the reset gate acts {(linear == 0 ? "before" : "after")} the recurrent product",
                $"linear_before_reset = {1 - linear}",
                (node, _, _) => Set(node, OnnxGraph.Attribute("linear_before_reset", 1 - linear)));
            return [flip, SwappedBiases, .. orders, SwappedDirections, .. orders.Select(order => Both(flip, order))];
        }

        return row.Activation is { } activation
            ? [Activation(activation), SwappedDirections]
            : [.. orders, SwappedDirections];
    }

    /// <summary>The model with all of its recurrent operators mended.</summary>
    public ModelProto Apply(OnnxTrace trace)
    {
        var model = trace.File.Model.Clone();
        foreach (var (node, layer) in model.Graph.Node.Where(node => OnnxOperator.IsRecurrent(node.OpType)).Zip(trace.Layers))
        {
            Mend(node, layer, model.Graph);
        }

        return model;
    }

    private static OnnxEdit SwappedBiases { get; } = new(
        "biases-swapped",
        "the two halves of B, [Wb, Rb], are swapped",
        "first the input's biases, then those of the recurrent product",
        (node, layer, graph) => ReplaceBias(node, layer, graph, (bias, half) => [.. bias[half..], .. bias[..half]]));

    private static OnnxEdit SwappedDirections { get; } = new(
        "directions-swapped",
        "the weights of the backward direction come first",
        "first the forward direction, then the backward one",
        (node, layer, graph) =>
        {
            Replace(node, 1, graph, Turned(layer.W.Data, layer.Directions), layer.W.Shape);
            Replace(node, 2, graph, Turned(layer.R.Data, layer.Directions), layer.R.Shape);
            Replace(node, 3, graph, Turned(layer.B.Data, layer.Directions), layer.B.Shape);
        });

    private static OnnxEdit Activation(string wrong)
    {
        var right = wrong == "Tanh" ? "Relu" : "Tanh";
        return new("activation", $"the activation is {wrong}", $"activations = {right}", (node, layer, _) => Set(node, OnnxGraph.Attribute("activations", Enumerable.Repeat(right, layer.Directions))));
    }

    private static IEnumerable<OnnxEdit> GateOrders(OnnxOperator row)
    {
        // The cell's own order, which is PyTorch's, is the likeliest one to have been left as it was.
        return Permutations(row.Gates).Where(order => order != row.Gates).OrderBy(order => order == row.CellGates ? 0 : 1).Select(order => new OnnxEdit(
            "gate-order",
            $"the rows of W, R and B are stacked in the order {Letters(order)}",
            $"{Letters(row.Gates)}, which is ONNX's order",
            (node, layer, graph) =>
            {
                Replace(node, 1, graph, Each(layer.W.Data, layer.Directions, part => OnnxOperator.Reorder(part, order, row.Gates)), layer.W.Shape);
                Replace(node, 2, graph, Each(layer.R.Data, layer.Directions, part => OnnxOperator.Reorder(part, order, row.Gates)), layer.R.Shape);
                ReplaceBias(node, layer, graph, (bias, half) => [.. OnnxOperator.Reorder(bias.AsSpan(0, half), order, row.Gates), .. OnnxOperator.Reorder(bias.AsSpan(half), order, row.Gates)]);
            }));

        string Letters(string order) => string.Join(", ", order.Select(gate => row.OwnGates[row.Gates.IndexOf(gate, StringComparison.Ordinal)]));
    }

    private static OnnxEdit Both(OnnxEdit first, OnnxEdit second) => new($"{first.Id}+{second.Id}", $"{first.Wrong}; {second.Wrong}", $"{first.Right}; {second.Right}", first.Mend + second.Mend);

    private static IEnumerable<string> Permutations(string gates)
    {
        return gates.Length <= 1 ? [gates] : gates.SelectMany((gate, i) => Permutations(gates.Remove(i, 1)).Select(rest => gate + rest));
    }

    private static void ReplaceBias(NodeProto node, TracedLayer layer, GraphProto graph, Func<float[], int, float[]> change)
    {
        Replace(node, 3, graph, Each(layer.B.Data, layer.Directions, bias => change(bias, bias.Length / 2)), layer.B.Shape);
    }

    private static float[] Turned(float[] values, int directions)
    {
        var half = directions == 2 ? values.Length / 2 : 0;
        return [.. values[half..], .. values[..half]];
    }

    private static float[] Each(float[] values, int directions, Func<float[], float[]> change) => [.. values.Chunk(values.Length / directions).SelectMany(change)];

    private static void Replace(NodeProto node, int input, GraphProto graph, float[] values, ReadOnlySpan<int> shape)
    {
        var name = $"mended.{graph.Initializer.Count}";
        graph.Initializer.Add(OnnxGraph.Constant(name, values, shape));
        while (node.Input.Count <= input)
        {
            node.Input.Add("");
        }

        node.Input[input] = name;
    }

    private static void Set(NodeProto node, AttributeProto attribute)
    {
        if (node.Attribute.FirstOrDefault(other => other.Name == attribute.Name) is { } old)
        {
            node.Attribute.Remove(old);
        }

        node.Attribute.Add(attribute);
    }
}

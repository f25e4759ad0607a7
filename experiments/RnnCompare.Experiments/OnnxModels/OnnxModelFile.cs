using Google.Protobuf;
using Onnx;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>A model's file, and the recurrent operators in it.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Model">What it holds.</param>
internal sealed record OnnxModelFile(string Path, ModelProto Model)
{
    /// <summary>The recurrent operators, the lowest layer first.</summary>
    public IReadOnlyList<NodeProto> Layers { get; } = [.. Model.Graph?.Node.Where(node => OnnxOperator.IsRecurrent(node.OpType)) ?? []];

    /// <summary>The model in a few words.</summary>
    public string Producer => $"{(Model.ProducerName.Length > 0 ? $"written by {Model.ProducerName} {Model.ProducerVersion}".TrimEnd() + ", " : "")}operators of version {Model.OpsetImport.FirstOrDefault(set => set.Domain.Length == 0)?.Version ?? 0}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is missing or damaged, or holds no recurrent operators whose weights are constants.</exception>
    public static OnnxModelFile Read(string path)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(InputFile.ReadBytes(path));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InputException($"{path}: is no readable ONNX model: {error.Message}", error);
        }

        var file = new OnnxModelFile(path, model);
        if (file.Layers.Count == 0)
        {
            throw file.Refuse($"has no operator RNN, LSTM or GRU; found {(model.Graph is { Node.Count: > 0 } graph ? string.Join(", ", graph.Node.Select(node => node.OpType).Distinct().Take(8)) : "no operators")}.");
        }

        foreach (var node in file.Layers)
        {
            file.RequireKnown(node);
        }

        return file;
    }

    /// <summary>The operator of a layer.</summary>
    /// <exception cref="InputException">Its activations are others than those of a cell here.</exception>
    public OnnxOperator OperatorOf(NodeProto node)
    {
        var said = Strings(node, "activations");
        var directions = Directions(node);
        var linear = Number(node, "linear_before_reset") ?? 0;
        var row = OnnxOperator.All.FirstOrDefault(row =>
            row.Name == node.OpType
            && (row.LinearBeforeReset is null || row.LinearBeforeReset == (linear == 0 ? 0 : 1))
            && Matches(row.Activation ?? row.Defaults, said, directions));
        return row ?? throw Refuse($"{Label(node)} has the activations {string.Join(", ", said)}; expected {string.Join(" or ", OnnxOperator.All.Where(row => row.Name == node.OpType).Select(row => row.Activation ?? row.Defaults).Distinct())}.");
    }

    /// <summary>2 for a bidirectional operator, otherwise 1.</summary>
    public static int Directions(NodeProto node) => Text(node, "direction") == "bidirectional" ? 2 : 1;

    /// <summary>An operator in messages.</summary>
    public static string Label(NodeProto node) => node.Name.Length > 0 ? $"{node.OpType} '{node.Name}'" : node.OpType;

    /// <summary>The name of an operator's input; null where it is left out.</summary>
    public static string? Input(NodeProto node, int index) => index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;

    /// <summary>A message about the file.</summary>
    public InputException Refuse(string message) => new($"{Path}: {message}");

    /// <summary>A numeric attribute; null where it is left out.</summary>
    public static long? Number(NodeProto node, string attribute) => Find(node, attribute)?.I;

    private static string? Text(NodeProto node, string attribute) => Find(node, attribute)?.S.ToStringUtf8();

    private static IReadOnlyList<string> Strings(NodeProto node, string attribute) => [.. Find(node, attribute)?.Strings.Select(text => text.ToStringUtf8()) ?? []];

    private static AttributeProto? Find(NodeProto node, string attribute) => node.Attribute.FirstOrDefault(entry => entry.Name == attribute);

    private static bool Matches(string expected, IReadOnlyList<string> said, int directions)
    {
        return said.Count == 0
            ? expected is not "Relu"
            : said.SequenceEqual(Enumerable.Repeat(expected.Split(", "), directions).SelectMany(activations => activations), StringComparer.OrdinalIgnoreCase);
    }

    private void RequireKnown(NodeProto node)
    {
        OperatorOf(node);
        var strange = (Text(node, "direction") is "reverse" ? "reads its sequence from the end only" : null)
            ?? (Find(node, "clip") is not null ? "clips its activations" : null)
            ?? (Number(node, "layout") is > 0 ? "has the batch first (layout 1)" : null)
            ?? (Number(node, "input_forget") is > 0 ? "couples input and forget gate (input_forget)" : null)
            ?? (Input(node, 4) is not null ? "has lengths of sequences" : null)
            ?? (Input(node, 7) is not null ? "has peepholes" : null);
        if (strange is not null)
        {
            throw Refuse($"{Label(node)} {strange}, which no network here does.");
        }

        for (var input = 1; input <= 3; input++)
        {
            if (Input(node, input) is { } name && !IsConstant(name))
            {
                throw Refuse($"{Label(node)} has weights ('{name}') that depend on the model's inputs; expected constants.");
            }
        }
    }

    private bool IsConstant(string name)
    {
        var graph = Model.Graph;
        return graph.Initializer.Any(tensor => tensor.Name == name)
            || (graph.Input.All(input => input.Name != name) && (graph.Node.FirstOrDefault(node => node.Output.Contains(name))?.Input.Where(input => input.Length > 0).All(IsConstant) ?? false));
    }
}

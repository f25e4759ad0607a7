using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Finds the output layer and the vectors of tokens among the arrays that a recurrent network leaves.</summary>
/// <param name="arrays">The prototype.</param>
/// <param name="parts">Its possible weights.</param>
/// <param name="network">The network without them.</param>
internal sealed class OutputLayer(NamedArrays arrays, IReadOnlyList<NameParts> parts, NetworkReading network)
{
    // What output layers are called, beside names with a module's word.
    private static readonly string[] Matrices = ["why", "wy", "wya", "wv", "who", "v", "wo", "wp", "wyh", "wd", "whq", "ws", "wfc"];
    private static readonly string[] Vectors = ["by", "bv", "bo", "bho", "c", "bp", "bya", "bd", "bq", "bs", "bfc"];

    /// <summary>Whether an output layer, or a form of recurrent ones, has a weight of this core.</summary>
    public static bool Knows(string core) => FormTable.Knows(core) || (core.Length > 1 && (Matrices.Contains(core) || Vectors.Contains(core)));

    /// <summary>The vectors of tokens (V, I); null where there are none.</summary>
    public static NameParts? Embedding(IEnumerable<NameParts> parts, NamedArrays arrays, int inputSize)
    {
        return parts.FirstOrDefault(part => part.Module == ModuleKind.Embedding && arrays[part.Array].Shape is [_, var size] && size == inputSize);
    }

    /// <summary>The network with what was found.</summary>
    public NetworkReading Complete()
    {
        var left = parts.Where(part => !network.Arrays.Contains(part.Array)).ToList();
        var embedding = Embedding(left, arrays, network.InputSize);
        left.RemoveAll(part => part == embedding);
        var reading = network with { Embedding = embedding?.Array };
        reading = WithBias(reading, left);
        var halves = network.Bidirectional ? left.Where(part => part.Reverse is not null && Size(part, network.HiddenSize) is not null).OrderBy(part => part.Reverse).ToArray() : [];
        if (halves.Length == 2 && Size(halves[0], network.HiddenSize) is { } outputs && outputs == Size(halves[1], network.HiddenSize))
        {
            return WithOutputBias(reading with { OutputSize = outputs, Blocks = [.. reading.Blocks, .. halves.Select((half, i) => Matrix(half, outputs, i))] }, left);
        }

        var matrix = left.Where(part => Size(part, network.FeatureSize) is not null).OrderBy(part => Rank(part, Matrices)).FirstOrDefault();
        if (matrix is null)
        {
            return reading;
        }

        var size = Size(matrix, network.FeatureSize)!.Value;
        return WithOutputBias(reading with { OutputSize = size, Blocks = [.. reading.Blocks, Matrix(matrix, size, half: null)] }, left);
    }

    private static int Rank(NameParts part, string[] known)
    {
        return part.Module == ModuleKind.Output ? 0 : Array.IndexOf(known, part.Core) is >= 0 and var place ? 1 + place : known.Length + 1;
    }

    private BlockOrder Preferred => network.Choices["orientation"] == "columns" ? BlockOrder.OutputsFirst : BlockOrder.InputsFirst;

    // O, where the array is a matrix with that many features.
    private int? Size(NameParts part, int features)
    {
        return arrays[part.Array].Shape is [var a, var b] && arrays[part.Array].ElementType != ElementType.Text
            ? Preferred == BlockOrder.OutputsFirst ? (b == features ? a : a == features ? b : null) : a == features ? b : b == features ? a : null
            : null;
    }

    private Block Matrix(NameParts part, int outputs, int? half)
    {
        var features = half is null ? network.FeatureSize : network.HiddenSize;
        var order = Block.Fit(arrays[part.Array].Shape, 1, outputs, features, Preferred)!.Value;
        return new(part.Array, "", outputs, [0], order, features, new Segment(TensorNames.Why, 0, features, network.FeatureSize) { TensorStart = (half ?? 0) * features });
    }

    // A bias of one layer whose name is none of the form's, but whose length can be no other.
    private NetworkReading WithBias(NetworkReading reading, List<NameParts> left)
    {
        if (reading.Layers > 1 || reading.Bidirectional || reading.Tensors.Contains(TensorNames.Bh) || !reading.Choices.ContainsKey("activation"))
        {
            return reading;
        }

        return left.Where(part => part.Module != ModuleKind.Output && IsVector(part, network.HiddenSize) && !Vectors.Contains(part.Core)).OrderBy(part => part.Number).FirstOrDefault() is { } bias
            ? reading with { Blocks = [.. reading.Blocks, Vector(bias, TensorNames.Bh, network.HiddenSize)] }
            : reading;
    }

    private NetworkReading WithOutputBias(NetworkReading reading, List<NameParts> left)
    {
        return left.Where(part => IsVector(part, reading.OutputSize!.Value) && !reading.Arrays.Contains(part.Array)).OrderBy(part => Rank(part, Vectors)).FirstOrDefault() is { } bias
            ? reading with { Blocks = [.. reading.Blocks, Vector(bias, TensorNames.By, reading.OutputSize!.Value)] }
            : reading;
    }

    private bool IsVector(NameParts part, int length) => AxisSizes.SameAxes(arrays[part.Array].Shape, [length]);

    private static Block Vector(NameParts part, string tensor, int length) => new(part.Array, "", length, [0], BlockOrder.OutputsFirst, 1, new Segment(tensor, 0, 1, 1));
}

using Onnx;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>Random inputs for a model.</summary>
internal static class OnnxBatch
{
    // Unequal, so that no axis can be taken for another.
    private static readonly int[] FreeLengths = [6, 3, 5, 7];

    /// <summary>Draws every input of a model. Axes of one name have one length.</summary>
    /// <exception cref="InputException">An input is neither real numbers nor tokens.</exception>
    public static IReadOnlyDictionary<string, OnnxInput> Draw(OnnxModelFile file)
    {
        var random = new NumpyGenerator(17);
        var lengths = new Dictionary<string, int>();
        var constants = file.Model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        return file.Model.Graph.Input.Where(input => !constants.Contains(input.Name)).ToDictionary(input => input.Name, input => Draw(file, input, lengths, random));
    }

    private static OnnxInput Draw(OnnxModelFile file, ValueInfoProto input, Dictionary<string, int> lengths, NumpyGenerator random)
    {
        var tensor = input.Type?.TensorType ?? throw file.Refuse($"its input '{input.Name}' is not a tensor.");
        int[] shape = [.. (tensor.Shape?.Dim ?? []).Select((axis, i) => Length(axis, axis.DimParam.Length > 0 ? axis.DimParam : $"{input.Name}.{i}", lengths))];
        return (TensorProto.Types.DataType)tensor.ElemType switch
        {
            TensorProto.Types.DataType.Float => new(random.Uniform(-1, 1, shape).Convert<double, float>()),
            TensorProto.Types.DataType.Int64 => new(null, random.Integers(0, 2, shape)), // tokens that every vocabulary has
            var type => throw file.Refuse($"its input '{input.Name}' has elements of type {type}, expected Float or Int64."),
        };
    }

    private static int Length(TensorShapeProto.Types.Dimension axis, string name, Dictionary<string, int> lengths)
    {
        if (axis.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && axis.DimValue > 0)
        {
            return (int)axis.DimValue;
        }

        if (!lengths.TryGetValue(name, out var length))
        {
            lengths[name] = length = FreeLengths[lengths.Count % FreeLengths.Length];
        }

        return length;
    }
}

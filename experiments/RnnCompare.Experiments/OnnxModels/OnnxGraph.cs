using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>The parts of which models are put together.</summary>
internal static class OnnxGraph
{
    /// <summary>A constant of real numbers.</summary>
    public static TensorProto Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        return Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);
    }

    /// <summary>A constant vector of whole numbers.</summary>
    public static TensorProto Constant(string name, params ReadOnlySpan<long> values)
    {
        return Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);
    }

    /// <summary>An input or output of the whole model: float32, with a name or a length for each axis.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="axes">Names of axes, and their lengths where these are fixed.</param>
    public static ValueInfoProto Value(string name, params ReadOnlySpan<(string Name, int? Length)> axes)
    {
        var shape = new TensorShapeProto();
        foreach (var (axis, length) in axes)
        {
            shape.Dim.Add(length is { } fixedLength ? new TensorShapeProto.Types.Dimension { DimValue = fixedLength } : new() { DimParam = axis });
        }

        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } } };
    }

    /// <summary>One operator's use.</summary>
    public static NodeProto Node(string type, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = type, Name = name };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        return node;
    }

    /// <summary>An attribute that is a number.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a word.</summary>
    public static AttributeProto Attribute(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>An attribute that is a list of numbers.</summary>
    public static AttributeProto Attribute(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    /// <summary>An attribute that is a list of words.</summary>
    public static AttributeProto Attribute(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    private static TensorProto Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (var length in shape)
        {
            tensor.Dims.Add(length);
        }

        return tensor;
    }
}

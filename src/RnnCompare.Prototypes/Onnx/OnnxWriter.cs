using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace RnnCompare.Prototypes.Onnx;

/// <summary>Writes models in ONNX's wire format, which is Protocol Buffers': numbers of fields and of types are those of the ONNX specification.</summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8; // the first that knows operator set 17 is 8, and every later runtime reads it
    private const int FloatElements = 1, Int64Elements = 7;

    /// <summary>The bytes of a model file.</summary>
    public static byte[] Write(OnnxModel model)
    {
        return Message(file =>
        {
            file.Number(1, IrVersion);
            file.Text(2, "RnnCompare");
            file.Part(7, Graph(model));
            file.Part(8, Message(set => set.Number(2, model.OperatorSet)));
        });
    }

    private static byte[] Graph(OnnxModel model)
    {
        return Message(graph =>
        {
            foreach (var node in model.Nodes)
            {
                graph.Part(1, Node(node));
            }

            graph.Text(2, "network");
            foreach (var (name, tensor) in model.Constants)
            {
                graph.Part(5, Tensor(name, tensor));
            }

            foreach (var value in model.Inputs)
            {
                graph.Part(11, Value(value));
            }

            foreach (var value in model.Outputs)
            {
                graph.Part(12, Value(value));
            }
        });
    }

    private static byte[] Node(OnnxNode node)
    {
        return Message(message =>
        {
            foreach (var input in node.Inputs)
            {
                message.Text(1, input);
            }

            foreach (var output in node.Outputs)
            {
                message.Text(2, output);
            }

            message.Text(3, node.Name);
            message.Text(4, node.Operator);
            foreach (var (name, value) in node.Attributes)
            {
                message.Part(5, Attribute(name, value));
            }
        });
    }

    private static byte[] Attribute(string name, object value)
    {
        return Message(attribute =>
        {
            attribute.Text(1, name);
            switch (value)
            {
                case long number:
                    attribute.Number(3, number);
                    attribute.Number(20, 2);
                    break;
                case string text:
                    attribute.Text(4, text);
                    attribute.Number(20, 3);
                    break;
                case IReadOnlyList<long> numbers:
                    foreach (var element in numbers)
                    {
                        attribute.Number(8, element);
                    }

                    attribute.Number(20, 7);
                    break;
                case IReadOnlyList<string> texts:
                    foreach (var element in texts)
                    {
                        attribute.Text(9, element);
                    }

                    attribute.Number(20, 8);
                    break;
                default:
                    throw new ArgumentException($"{name} is a {value.GetType().Name}, which is written to no model.", nameof(value));
            }
        });
    }

    private static byte[] Tensor(string name, OnnxTensor tensor)
    {
        return Message(message =>
        {
            foreach (var length in tensor.Shape)
            {
                message.Number(1, length);
            }

            var isReal = tensor.Integers.Length == 0;
            message.Number(2, isReal ? FloatElements : Int64Elements);
            message.Text(8, name);
            message.Part(9, isReal ? MemoryMarshal.AsBytes<float>([.. tensor.Reals.Select(value => (float)value)]) : MemoryMarshal.AsBytes<long>(tensor.Integers));
        });
    }

    private static byte[] Value(OnnxValue value)
    {
        var shape = Message(message =>
        {
            foreach (var axis in value.Axes)
            {
                message.Part(1, Message(length =>
                {
                    if (long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    {
                        length.Number(1, number);
                    }
                    else
                    {
                        length.Text(2, axis);
                    }
                }));
            }
        });
        var tensor = Message(message =>
        {
            message.Number(1, FloatElements);
            message.Part(2, shape);
        });
        return Message(message =>
        {
            message.Text(1, value.Name);
            message.Part(2, Message(type => type.Part(1, tensor)));
        });
    }

    private static byte[] Message(Action<Fields> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(new(output));
        }

        return stream.ToArray();
    }

    /// <summary>The fields of one message.</summary>
    private readonly record struct Fields(CodedOutputStream Output)
    {
        public void Number(int field, long value)
        {
            Output.WriteTag(field, WireFormat.WireType.Varint);
            Output.WriteInt64(value);
        }

        public void Text(int field, string value)
        {
            Output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            Output.WriteString(value);
        }

        public void Part(int field, ReadOnlySpan<byte> bytes)
        {
            Output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            Output.WriteBytes(ByteString.CopyFrom(bytes));
        }
    }
}

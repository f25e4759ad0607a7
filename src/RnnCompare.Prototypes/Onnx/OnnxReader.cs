using System.Text;
using Google.Protobuf;
using RnnCompare.Data.Files;

namespace RnnCompare.Prototypes.Onnx;

/// <summary>Reads models in ONNX's wire format. Fields that recurrent networks have no use for are passed over.</summary>
/// <param name="source">What messages call the file.</param>
internal sealed class OnnxReader(string source)
{
    private const int FloatElements = 1, Int64Elements = 7, DoubleElements = 11;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _constants = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private long _operatorSet;

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no model.</exception>
    public OnnxModel Read(byte[] file)
    {
        try
        {
            foreach (var field in WireField.Of(file))
            {
                ReadPart(field.Number, field.Bytes ?? []);
            }
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or DecoderFallbackException)
        {
            throw ArrayName.Refuse(source, $"is no readable ONNX model: {error.Message}");
        }

        return _nodes.Count == 0
            ? throw ArrayName.Refuse(source, "is no ONNX model with operators in it.")
            : new() { OperatorSet = _operatorSet, Nodes = _nodes, Constants = _constants, Inputs = _inputs, Outputs = _outputs };
    }

    private void ReadPart(int number, byte[] bytes)
    {
        switch (number)
        {
            case 7:
                ReadGraph(bytes);
                break;
            case 8:
                var set = WireField.Of(bytes).ToArray();
                _operatorSet = set.Any(field => field.Number == 1 && field.Bytes is { Length: > 0 }) ? _operatorSet : (long)set.LastOrDefault(field => field.Number == 2).Value;
                break;
        }
    }

    private void ReadGraph(byte[] graph)
    {
        foreach (var field in WireField.Of(graph))
        {
            var bytes = field.Bytes ?? [];
            switch (field.Number)
            {
                case 1:
                    Add(Node(bytes));
                    break;
                case 5:
                    var (name, tensor) = Tensor(bytes);
                    _constants[name] = tensor;
                    break;
                case 11:
                    _inputs.Add(new(Texts(bytes, 1).FirstOrDefault(""), []));
                    break;
                case 12:
                    _outputs.Add(new(Texts(bytes, 1).FirstOrDefault(""), []));
                    break;
            }
        }
    }

    // A Constant node is a constant like any other.
    private void Add(OnnxNode node)
    {
        if (node is { Operator: "Constant", Outputs: [var name] } && node.Attributes.GetValueOrDefault("value") is OnnxTensor tensor)
        {
            _constants[name] = tensor;
        }
        else
        {
            _nodes.Add(node);
        }
    }

    private OnnxNode Node(byte[] bytes)
    {
        var attributes = new Dictionary<string, object>();
        foreach (var field in WireField.Of(bytes).Where(field => field.Number == 5))
        {
            if (Attribute(field.Bytes ?? []) is (var name, { } value))
            {
                attributes[name] = value;
            }
        }

        return new(Texts(bytes, 4).FirstOrDefault(""), [.. Texts(bytes, 1)], [.. Texts(bytes, 2)]) { Name = Texts(bytes, 3).FirstOrDefault(""), Attributes = attributes };
    }

    private (string Name, object? Value) Attribute(byte[] bytes)
    {
        var (name, single) = ("", (object?)null);
        List<long> integers = [];
        List<string> texts = [];
        foreach (var field in WireField.Of(bytes))
        {
            switch (field.Number)
            {
                case 1: name = Text(field); break;
                case 2: single = (float)field.Singles().First(); break;
                case 3: single = (long)field.Value; break;
                case 4: single = Text(field); break;
                case 5: single = Tensor(field.Bytes ?? []).Tensor; break;
                case 8: integers.AddRange(field.Integers()); break;
                case 9: texts.Add(Text(field)); break;
            }
        }

        return (name, single ?? (integers.Count > 0 ? integers : texts.Count > 0 ? texts : null));
    }

    private (string Name, OnnxTensor Tensor) Tensor(byte[] bytes)
    {
        var fields = WireField.Of(bytes).ToArray();
        var name = new ArrayName(source, Texts(bytes, 8).FirstOrDefault(""));
        if (fields.Any(field => field.Number == 13))
        {
            throw name.Refuse("stands in another file, expected a model in one file.");
        }

        var shape = ArrayShape.Check([.. fields.Where(field => field.Number == 1).SelectMany(field => field.Integers())], name);
        var type = (int)fields.LastOrDefault(field => field.Number == 2).Value;
        double[] reals = type switch
        {
            FloatElements => [.. fields.Where(field => field.Number is 4 or 9).SelectMany(field => field.Singles())],
            DoubleElements => [.. fields.Where(field => field.Number is 10 or 9).SelectMany(field => field.Doubles())],
            _ => [],
        };
        long[] integers = type != Int64Elements ? [] : [.. fields.Where(field => field.Number is 7 or 9).SelectMany(field => field.Number == 7 ? field.Integers() : Raw(field))];
        var count = shape.Aggregate(1, (product, length) => product * length);
        var found = Math.Max(reals.Length, integers.Length);
        return type is FloatElements or DoubleElements or Int64Elements && found != count
            ? throw name.Refuse($"has {found} elements, expected {count} for its shape ({string.Join(", ", shape)}).")
            : (name.Name, new(shape, reals, integers) { IsSingle = type != DoubleElements });
    }

    private static IEnumerable<long> Raw(WireField field)
    {
        var bytes = field.Bytes ?? [];
        return Enumerable.Range(0, bytes.Length / sizeof(long)).Select(i => BitConverter.ToInt64(bytes, i * sizeof(long)));
    }

    private static IEnumerable<string> Texts(byte[] message, int number) => WireField.Of(message).Where(field => field.Number == number).Select(Text);

    private static string Text(WireField field) => Utf8.GetString(field.Bytes ?? []);
}

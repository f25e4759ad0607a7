using System.Text.Json;

namespace RnnCompare.Prototypes.Files;

/// <summary>The header of a safetensors file, which maps names to type, shape and range of bytes.</summary>
/// <remarks>Single texts stand in its <c>__metadata__</c>, the only place that the format has for them.</remarks>
/// <param name="Texts">The entries of <c>__metadata__</c>.</param>
/// <param name="Tensors">The arrays, not yet compared with each other and with the file's size.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<KeyValuePair<string, string>> Texts, IReadOnlyList<SafetensorsTensor> Tensors)
{
    private const string Metadata = "__metadata__";
    private const int Alignment = 8;
    private const int Depth = 3; // the header, an array's entry, its shape

    public static SafetensorsHeader Parse(byte[] json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Depth });
            List<KeyValuePair<string, string>> texts = [];
            List<SafetensorsTensor> tensors = [];
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(Metadata))
                {
                    texts.AddRange(property.Value.EnumerateObject().Select(entry => ParseText(entry, source)));
                }
                else
                {
                    tensors.Add(ParseTensor(property.Value, new ArrayName(source, property.Name)));
                }
            }

            return new SafetensorsHeader(texts, tensors);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON; a value of another kind than was asked for; a number that is no 64-bit integer.
            throw ArrayName.Refuse(source, $"has a header that is not safetensors': {error.Message}");
        }
    }

    /// <summary>The header's bytes, padded to the format's alignment.</summary>
    public static byte[] Format(IEnumerable<KeyValuePair<string, StoredArray>> texts, IEnumerable<KeyValuePair<string, StoredArray>> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            foreach (var (name, array) in texts)
            {
                json.WriteString(name, array.Shape.Length == 0
                    ? array.Texts[0]
                    : throw new ArgumentException($"{name} holds text of shape {array.ShapeText}; safetensors holds single texts only.", nameof(texts)));
            }

            json.WriteEndObject();
            long position = 0;
            foreach (var (name, array) in tensors)
            {
                if (name == Metadata) throw new ArgumentException($"{name} is a name that safetensors reserves.", nameof(tensors));

                WriteTensor(json, name, ArrayLayout.ToWrite(array), ref position);
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static KeyValuePair<string, string> ParseText(JsonProperty entry, string source) =>
        entry.Value.GetString() is { } text && ArrayText.IsStorable(text)
            ? KeyValuePair.Create(entry.Name, text)
            : throw new ArrayName(source, entry.Name).Refuse("holds characters that are not text.");

    private static JsonElement Field(JsonElement entry, string key, ArrayName name) =>
        entry.TryGetProperty(key, out var field) ? field : throw name.Refuse($"has no {key}; expected dtype, shape and data_offsets.");

    private static SafetensorsTensor ParseTensor(JsonElement entry, ArrayName name)
    {
        var type = Field(entry, "dtype", name).GetString() switch
        {
            "F16" => ElementType.Float16,
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            "I64" => ElementType.Int64,
            "I32" => ElementType.Int32,
            "U8" => ElementType.UInt8,
            "BOOL" => ElementType.Boolean,
            var other => throw name.Refuse($"has elements of type {other}; expected F16, F32, F64, I64, I32, U8 or BOOL."),
        };
        var lengths = Field(entry, "shape", name).EnumerateArray().Select(length => length.GetInt64()).ToList();
        var range = Field(entry, "data_offsets", name).EnumerateArray().Select(offset => offset.GetInt64()).ToList();
        if (range is not [>= 0 and var begin, var end] || end < begin)
        {
            throw name.Refuse($"has the byte range [{string.Join(", ", range)}], expected its begin and its end.");
        }

        return new SafetensorsTensor(name, new ArrayLayout(type, ArrayShape.Check(lengths, name)), begin, end);
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, ArrayLayout layout, ref long position)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", layout.ElementType switch
        {
            ElementType.Float32 => "F32",
            ElementType.Float64 => "F64",
            ElementType.Int32 => "I32",
            ElementType.UInt8 => "U8",
            ElementType.Boolean => "BOOL",
            _ => "I64",
        });
        json.WriteStartArray("shape");
        foreach (var length in layout.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(position);
        position += layout.Count * layout.ElementSize;
        json.WriteNumberValue(position);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

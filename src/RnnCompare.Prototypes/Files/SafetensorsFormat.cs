using System.Buffers.Binary;

namespace RnnCompare.Prototypes.Files;

/// <summary>The safetensors format: the length of a header, the header in JSON, the elements of all arrays without gaps.</summary>
internal static class SafetensorsFormat
{
    private const int LengthBytes = 8;
    private const int LongestHeader = 100_000_000; // the limit of the format's own library

    /// <summary>Reads texts first, then arrays in the order of their bytes.</summary>
    public static NamedArrays Read(Stream stream, string source)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        var longest = Math.Min(stream.Length - LengthBytes, LongestHeader);
        if (length > (ulong)longest)
        {
            throw ArrayName.Refuse(source, $"promises a header of {length} bytes, expected at most {longest}.");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        var header = SafetensorsHeader.Parse(json, source);
        var arrays = new NamedArrays(source);
        foreach (var (name, text) in header.Texts.Where(entry => !IsMark(entry.Key, entry.Value)))
        {
            arrays.Add(name, StoredArray.Of([text], []));
        }

        foreach (var tensor in header.Tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            var position = stream.Position - LengthBytes - json.Length;
            if (tensor.Begin != position)
            {
                throw tensor.Name.Refuse($"begins at byte {tensor.Begin}, expected {position}: arrays have no gaps and do not overlap.");
            }

            if (tensor.End > stream.Length - LengthBytes - json.Length)
            {
                throw tensor.Name.Refuse($"ends at byte {tensor.End}, expected at most {stream.Length - LengthBytes - json.Length}.");
            }

            if (arrays.TryGet(tensor.Name.Name, out _)) throw tensor.Name.Refuse("is there twice.");

            var size = tensor.End - tensor.Begin;
            arrays.Add(tensor.Name.Name, ElementReader.Read(new ArrayBytes(stream, size, size, tensor.Name), tensor.Layout));
        }

        return stream.Position == stream.Length
            ? arrays
            : throw ArrayName.Refuse(source, $"has {stream.Length - stream.Position} bytes that belong to no array.");
    }

    // What the format's own library writes into every file: for which framework it was.
    private static bool IsMark(string name, string text) => name == "format" && text is ("pt" or "np" or "tf" or "flax" or "mlx");

    /// <summary>Writes arrays of wider elements first, so that all are aligned.</summary>
    /// <exception cref="ArgumentException">A text is not a single one, or an array has the name that the format reserves.</exception>
    public static void Write(Stream stream, NamedArrays arrays)
    {
        KeyValuePair<string, StoredArray>[] tensors =
        [
            .. arrays
                .Where(pair => pair.Value.ElementType != ElementType.Text)
                .OrderByDescending(pair => ArrayLayout.ToWrite(pair.Value).ElementSize),
        ];
        var header = SafetensorsHeader.Format(arrays.Except(tensors), tensors);
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(lengthBytes, (ulong)header.Length);
        stream.Write(lengthBytes);
        stream.Write(header);
        foreach (var (_, array) in tensors)
        {
            array.WriteNumbers(stream);
        }
    }
}

using System.Text;

namespace RnnCompare.Prototypes.Files;

/// <summary>TorchSharp's format of a module's state: the number of tensors, then for each its name, type, shape and elements, without gaps.</summary>
/// <remarks>
/// Whole numbers are of variable length, seven bits a byte and the lowest first (LEB128); names are UTF-8 behind the number of their
/// bytes; types are those of <c>torch.ScalarType</c>; elements are row-major, least significant byte first. The format holds no text.
/// </remarks>
internal static class TorchSharpFormat
{
    private const int LongestName = 65536;
    private const int MostAxes = 65; // one more than any array may have

    private static readonly ElementType?[] Types =
    [
        ElementType.UInt8, null, null, ElementType.Int32, ElementType.Int64, null, ElementType.Float32, ElementType.Float64, null, null, null, ElementType.Boolean,
    ];

    /// <summary>Reads all tensors, in the file's order.</summary>
    public static NamedArrays Read(Stream stream, string source)
    {
        var arrays = new NamedArrays(source);
        for (var left = ReadNumber(stream, source); left > 0; left--)
        {
            var name = new ArrayName(source, ReadName(stream, source));
            if (arrays.TryGet(name.Name, out _)) throw name.Refuse("is there twice.");

            var type = ReadNumber(stream, source);
            var layout = new ArrayLayout(
                type < (ulong)Types.Length && Types[type] is { } known ? known : throw name.Refuse($"has elements of type {type}, expected 0 (uint8), 3 (int32), 4 (int64), 6 (float32), 7 (float64) or 11 (bool)."),
                ReadShape(stream, name));
            var size = layout.Count * layout.ElementSize;
            arrays.Add(name.Name, ElementReader.Read(new ArrayBytes(stream, size, Math.Min(size, stream.Length - stream.Position), name), layout));
        }

        return stream.Position == stream.Length
            ? arrays
            : throw ArrayName.Refuse(source, $"has {stream.Length - stream.Position} bytes that belong to no tensor of TorchSharp's format.");
    }

    /// <summary>Writes all arrays in their order.</summary>
    /// <exception cref="ArgumentException">One of them is text.</exception>
    public static void Write(Stream stream, NamedArrays arrays)
    {
        if (arrays.FirstOrDefault(entry => entry.Value.ElementType == ElementType.Text) is { Key: { } text })
        {
            throw new ArgumentException($"{text} is text, which TorchSharp's format cannot hold.", nameof(arrays));
        }

        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write7BitEncodedInt64(arrays.Count);
        foreach (var (name, array) in arrays)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt64(Array.IndexOf(Types, array.ElementType));
            writer.Write7BitEncodedInt64(array.Shape.Length);
            foreach (var length in array.Shape)
            {
                writer.Write7BitEncodedInt64(length);
            }

            writer.Flush();
            array.WriteNumbers(stream);
        }
    }

    private static int[] ReadShape(Stream stream, ArrayName name)
    {
        var rank = Math.Min(ReadNumber(stream, name.Source), MostAxes);
        var lengths = new List<long>();
        for (var axis = 0UL; axis < rank; axis++)
        {
            lengths.Add((long)Math.Min(long.MaxValue, ReadNumber(stream, name.Source)));
        }

        return ArrayShape.Check(lengths, name);
    }

    private static string ReadName(Stream stream, string source)
    {
        var length = ReadNumber(stream, source);
        if (length > LongestName || (long)length > stream.Length - stream.Position)
        {
            throw ArrayName.Refuse(source, $"has a name of {length} bytes at byte {stream.Position}, which TorchSharp's format has not.");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return ArrayText.FromUtf8(bytes) is { } name && ArrayText.IsStorable(name)
            ? name
            : throw ArrayName.Refuse(source, $"has a name that is no UTF-8 before byte {stream.Position}.");
    }

    private static ulong ReadNumber(Stream stream, string source)
    {
        var number = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                throw ArrayName.Refuse(source, $"ends at byte {stream.Length}, in the middle of TorchSharp's format.");
            }

            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw ArrayName.Refuse(source, $"has a number of more than 63 bits before byte {stream.Position}.");
    }
}

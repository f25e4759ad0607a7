using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnCompare.Prototypes.Files;

/// <summary>NumPy's format of one array: magic, version, header, elements.</summary>
/// <remarks>NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"; versions 1 to 3.</remarks>
internal static class NpyFormat
{
    private const int LongestHeader = ushort.MaxValue;
    private const int Alignment = 64;

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads one array, of which <paramref name="bytes"/> has neither too few nor too many.</summary>
    public static StoredArray Read(ArrayBytes bytes)
    {
        Span<byte> start = stackalloc byte[8];
        bytes.Read(start);
        if (!start.StartsWith(Magic) || start[6] is < 1 or > 3)
        {
            throw bytes.Name.Refuse($"starts with {Convert.ToHexString(start)}, expected a .npy array of version 1 to 3.");
        }

        Span<byte> lengthBytes = stackalloc byte[4];
        lengthBytes.Clear();
        bytes.Read(start[6] == 1 ? lengthBytes[..2] : lengthBytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
        {
            throw bytes.Name.Refuse($"has a header of {length} bytes, expected at most {LongestHeader}.");
        }

        var text = new byte[length];
        bytes.Read(text);
        return ElementReader.Read(bytes, NpyHeader.Parse(Encoding.Latin1.GetString(text), bytes.Name));
    }

    /// <summary>Writes one array in version 1, which every NumPy reads.</summary>
    public static void Write(Stream stream, StoredArray array)
    {
        var layout = ArrayLayout.ToWrite(array);
        var header = NpyHeader.Format(layout);
        var unpadded = Magic.Length + 4 + header.Length + 1;
        header = header.PadRight(header.Length + ((Alignment - (unpadded % Alignment)) % Alignment)) + "\n";

        stream.Write(Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        array.WriteNumbers(stream);

        var characters = new int[layout.Width];
        foreach (var text in array.Texts)
        {
            characters.AsSpan().Clear();
            ArrayText.ToUtf32(text, characters);
            stream.Write(MemoryMarshal.AsBytes(characters.AsSpan()));
        }
    }
}

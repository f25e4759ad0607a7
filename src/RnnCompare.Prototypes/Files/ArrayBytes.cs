using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnCompare.Prototypes.Files;

/// <summary>The bytes of one array, read once from front to back; a read gets all that it asked for, or refuses the array.</summary>
/// <param name="stream">Stands at the first byte.</param>
/// <param name="length">How many bytes the file says there are.</param>
/// <param name="present">How many bytes of the file stand for them: as many, or fewer where they are compressed.</param>
/// <param name="name">Names the array in refusals.</param>
/// <param name="checksum">Is told every byte, where given.</param>
internal sealed class ArrayBytes(Stream stream, long length, long present, ArrayName name, Crc32? checksum = null)
{
    private const int ChunkBytes = 1 << 20;

    private long _position;

    /// <summary>The number of bytes not yet read, as far as the file says.</summary>
    public long Remaining => length - _position;

    public ArrayName Name => name;

    public void Read(Span<byte> destination)
    {
        if (destination.Length > Remaining || Fill(destination) < destination.Length)
        {
            throw name.Refuse($"is cut short: expected {_position + destination.Length} bytes or more, found fewer.");
        }

        _position += destination.Length;
        checksum?.Append(destination);
    }

    /// <summary>Reads elements in the file's byte order.</summary>
    /// <remarks>
    /// Memory grows with what was read, not with what the file promises: at first as much as the file's own bytes
    /// justify, then twice what has arrived.
    /// </remarks>
    public T[] ReadElements<T>(int count)
        where T : unmanaged
    {
        var chunk = ChunkBytes / Unsafe.SizeOf<T>();
        var elements = new T[Math.Min(count, present / Unsafe.SizeOf<T>())];
        for (var filled = 0; filled < count;)
        {
            if (filled == elements.Length)
            {
                Array.Resize(ref elements, (int)Math.Min(count, Math.Max(filled * 2L, chunk)));
            }

            var part = elements.AsSpan(filled, Math.Min(elements.Length - filled, chunk));
            Read(MemoryMarshal.AsBytes(part));
            filled += part.Length;
        }

        return elements;
    }

    private int Fill(Span<byte> destination)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw name.Refuse($"cannot be decompressed: {error.Message}");
        }
    }
}

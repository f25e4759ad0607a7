using System.Collections.Concurrent;

namespace RnnCompare.Prototypes.Files;

/// <summary>Opens what a user named for reading, and only that: a file, or a stream that the process was started with.</summary>
public static class InputSource
{
    /// <summary>The most bytes of a stream that cannot seek: it is read into memory.</summary>
    public const long Longest = 1L << 30;

    // A stream of the process can be read once, and data are asked for again where another precision needs them.
    private static readonly ConcurrentDictionary<string, byte[]> Streams = new();

    private static readonly string[] OwnStreams = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

    /// <summary>Opens a file, or a stream of the process such as <c>/dev/stdin</c> and what a shell puts in the place of <c>&lt;(command)</c>.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A stream that can seek.</returns>
    /// <exception cref="InvalidDataException">It is a named pipe, a device or a socket, which may never end; or a stream that is too long.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Array.Exists(OwnStreams, start => path.StartsWith(start, StringComparison.Ordinal)) && SystemCalls.Oddity(path) is { } oddity)
        {
            throw ArrayName.Refuse(path, $"is {oddity}, expected a file.");
        }

        if (Streams.TryGetValue(path, out var known))
        {
            return new MemoryStream(known, writable: false);
        }

        var stream = File.OpenRead(path);
        return stream.CanSeek ? stream : new MemoryStream(Streams.GetOrAdd(path, Buffered(stream, path)), writable: false);
    }

    /// <summary>All bytes of a file or a stream.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public static byte[] ReadAll(string path)
    {
        using var stream = Open(path);
        if (stream is MemoryStream buffered)
        {
            return buffered.ToArray();
        }

        // Files of the system may have more bytes than they say.
        using var buffer = new MemoryStream((int)Math.Min(stream.Length, Array.MaxLength));
        stream.CopyTo(buffer);
        return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
    }

    private static byte[] Buffered(Stream stream, string path)
    {
        using (stream)
        {
            var buffer = new MemoryStream();
            var part = new byte[1 << 16];
            while (stream.Read(part) is > 0 and var count)
            {
                buffer.Write(part, 0, count);
                if (buffer.Length > Longest)
                {
                    throw ArrayName.Refuse(path, $"is a stream of more than {Longest} bytes; save it as a file.");
                }
            }

            return buffer.ToArray();
        }
    }
}

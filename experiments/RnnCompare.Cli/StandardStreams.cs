namespace RnnCompare.Cli;

/// <summary>The process's own streams. One that the caller closed is a stream that refuses every write, and no failure to start.</summary>
internal static class StandardStreams
{
    public static TextWriter Output => Open(() => Console.Out);

    public static TextWriter Error => Open(() => Console.Error);

    private static TextWriter Open(Func<TextWriter> stream)
    {
        try
        {
            return stream();
        }
        catch (Exception e) when (e is IOException or TypeInitializationException or UnauthorizedAccessException)
        {
            return new StreamWriter(new ClosedStream()) { AutoFlush = true };
        }
    }

    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("it is closed");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("it is closed");
    }
}

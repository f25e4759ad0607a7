using System.Text;

namespace RnnCompare.Cli.Display;

/// <summary>A stream that may be full or gone: what cannot be written is remembered and dropped, so that work goes on and results still reach their files.</summary>
/// <param name="inner">Where text goes as long as that is possible.</param>
internal sealed class LastingWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where text goes.</summary>
    public TextWriter Inner => inner;

    /// <summary>Why writing ended; null where everything was written.</summary>
    public IOException? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (IOException e)
        {
            Failure = e;
        }
    }
}

using System.Text;
using Spectre.Console;

namespace RnnCompare.Cli.Display;

/// <summary>A stream as the console library sees it: a terminal of the size that its window has now, or a file.</summary>
internal sealed class TerminalOutput : IAnsiConsoleOutput
{
    private const int PlainWidth = 160;
    private const int LeastWidth = 20;
    private const int UsualHeight = 24;

    public TerminalOutput(TextWriter writer)
    {
        Writer = writer;
        var stream = writer is LastingWriter lasting ? lasting.Inner : writer;
        IsTerminal = (stream == Console.Out && !Console.IsOutputRedirected) || (stream == Console.Error && !Console.IsErrorRedirected);
    }

    /// <inheritdoc/>
    public TextWriter Writer { get; }

    /// <inheritdoc/>
    public bool IsTerminal { get; }

    /// <inheritdoc/>
    public int Width => IsTerminal ? Math.Max(LeastWidth, Size(() => Console.WindowWidth, PlainWidth)) : PlainWidth;

    /// <inheritdoc/>
    public int Height => IsTerminal ? Size(() => Console.WindowHeight, UsualHeight) : UsualHeight;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
    }

    private static int Size(Func<int> ask, int otherwise)
    {
        try
        {
            return ask() is > 0 and var size ? size : otherwise;
        }
        catch (IOException)
        {
            return otherwise; // the terminal is gone
        }
    }
}

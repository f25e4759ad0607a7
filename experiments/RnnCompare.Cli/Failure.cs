using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using RnnCompare.Cli.Commands;
using RnnCompare.Equations.Language;
using RnnCompare.Experiments;
using RnnCompare.Torch;

namespace RnnCompare.Cli;

/// <summary>What a command failed of: one line for people and an exit code for programs. Every failure of every command ends here.</summary>
/// <param name="Message">One line.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record Failure(string Message, int ExitCode)
{
    private const int LongestMessage = 400;

    /// <summary>What an exception means.</summary>
    public static Failure Of(Exception error)
    {
        return error switch
        {
            InputException or EquationException or TorchUnavailableException => new(OneLine(error.Message), ExitCodes.BadInput),
            OutOfMemoryException => new($"there is not enough memory: {OneLine(error.Message)}", ExitCodes.Refused),
            IOException or UnauthorizedAccessException => new(OneLine(error.Message), ExitCodes.Refused),

            // What libtorch throws; its first line says what happened, the others where in its own code.
            ExternalException => new($"libtorch failed: {OneLine(error.Message.Split('\n')[0])}", ExitCodes.Refused),
            AggregateException { InnerException: { } inner } => Of(inner),
            _ => new($"a mistake in this program, please report it with what you typed: {error.GetType().Name}: {OneLine(error.Message)}", ExitCodes.Internal),
        };
    }

    /// <summary>Says it on stderr and, where results are JSON, on stdout as well.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(TextWriter output, TextWriter error, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(new JsonObject { ["error"] = Message, ["exitCode"] = ExitCode }.ToJsonString());
        }

        error.WriteLine($"rnncompare: {Message}");
        return ExitCode;
    }

    /// <summary>A text that fits into one line of a terminal's history: no control characters, the middle of a long one left out.</summary>
    internal static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? Rune.ReplacementChar : rune));
        const int half = LongestMessage / 2;
        return line.Length <= LongestMessage ? line : $"{line[..half]} … {line[^half..]}";
    }
}

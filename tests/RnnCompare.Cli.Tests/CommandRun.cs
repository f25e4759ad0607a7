using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests;

/// <summary>What a command came to.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static CommandRun Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public void RequireRefusal(string message)
    {
        Assert.Equal((ExitCodes.BadInput, ""), (Code, Output));
        Assert.StartsWith("rnncompare: ", Error, StringComparison.Ordinal);
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(c => c == '\n'));
    }
}

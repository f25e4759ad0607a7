using System.CommandLine;

namespace RnnCompare.Cli.Commands;

/// <summary>What a command runs in: its streams, and the wish of the user that it ends.</summary>
internal sealed class Invocation : InvocationConfiguration
{
    public Invocation(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        (Output, Error, Cancellation) = (output, error, cancellation);
        (EnableDefaultExceptionHandler, ProcessTerminationTimeout) = (false, null);
    }

    /// <summary>Asks the command to end with what it has.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether all is done but to wait for the user to end it: a signal is then no interruption.</summary>
    public bool OnlyWaits { get; set; }
}

/// <summary>A command's way to its invocation.</summary>
internal static class InvocationExtensions
{
    /// <summary>Asks the command to end with what it has: Ctrl-C, SIGTERM or SIGHUP came.</summary>
    public static CancellationToken Cancellation(this ParseResult parsed) => ((Invocation)parsed.InvocationConfiguration).Cancellation;

    /// <summary>Waits for the user to end the command, which is no interruption of it.</summary>
    public static async Task WaitForTheEnd(this ParseResult parsed)
    {
        if (!parsed.Cancellation().IsCancellationRequested)
        {
            ((Invocation)parsed.InvocationConfiguration).OnlyWaits = true;
            await Task.Delay(Timeout.Infinite, parsed.Cancellation()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Where progress goes.</summary>
    public static TextWriter Progress(this ParseResult parsed) => parsed.InvocationConfiguration.Error;
}

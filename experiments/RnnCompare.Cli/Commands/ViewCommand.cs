using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.View;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare view</c>.</summary>
internal sealed class ViewCommand : Command, IExplainedCommand
{
    private const int MostPort = 65535;

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder whose runs are shown, also those in folders below it.",
        DefaultValueFactory = _ => "runs",
    };

    private readonly Option<string?> _port = new("--port") { Description = "The port; otherwise a free one.", HelpName = "N" };

    private ViewCommand()
        : base("view", "Shows runs in the browser: a list that filters and sorts, several runs over one another, and runs under way live.")
    {
    }

    /// <inheritdoc/>
    public string Explanation => """
        Only this machine can connect: it listens on 127.0.0.1 alone. Ctrl-C ends it.

        Examples:
          rnncompare view                 the runs in runs/, where rnncompare run leaves them
          rnncompare view results --port 8080
          rnncompare run --view           a run that is watched while it trains

        Exit codes: 0 ended by Ctrl-C; 2 there is no such folder, no run in it, or the port is in use.
        """;

    public static ViewCommand Create(TextWriter output)
    {
        var command = new ViewCommand();
        command.Add(command._folder);
        command.Add(command._port);
        command.SetAction((parsed, _) => command.Run(parsed, output));
        return command;
    }

    private async Task<int> Run(ParseResult parsed, TextWriter output)
    {
        await using var server = await ViewServer.StartAsync(parsed.GetValue(_folder)!, Port(parsed)).ConfigureAwait(false);
        new Screen(output).ShowLine($"The runs are shown at {server.Address} until Ctrl-C.");
        await parsed.WaitForTheEnd().ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private int Port(ParseResult parsed)
    {
        return parsed.GetValue(_port) is not { } text ? 0
            : int.TryParse(text, out var port) && port is >= 1 and <= MostPort ? port
            : throw new InputException($"--port {text}: expected a whole number in 1..{MostPort}.");
    }
}

using System.CommandLine;
using RnnCompare.Cli.Commands;
using RnnCompare.Cli.Display;

namespace RnnCompare.Cli;

/// <summary>The command line of <c>rnncompare</c>.</summary>
public static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">What was typed after the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress and complaints go; a complaint is one line.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        using var interrupt = new Interrupt();
        using var results = new LastingWriter(output);
        using var progress = new LastingWriter(error);
        var invocation = new Invocation(results, progress, interrupt.Token);
        var code = Invoke(args, invocation);
        results.Flush();
        if (results.Failure is { } failure)
        {
            code = new Failure($"results cannot be written to standard output: {Failure.OneLine(failure.Message)}", ExitCodes.Refused).Tell(results, progress, asJson: false);
        }

        return invocation.OnlyWaits ? code : interrupt.ExitCode ?? code;
    }

    /// <summary>All commands.</summary>
    /// <param name="output">Where results go.</param>
    internal static RootCommand Create(TextWriter output)
    {
        var root = new RootCommand("A hand-written recurrent network beside autograd: same weights, same batches, every gradient compared.")
        {
            RunCommand.Create(output),
            ViewCommand.Create(output),
            ReportCommand.Create(output),
            FlowCommand.Create(output),
            SpeedCommand.Create(output),
            CheckCommand.Create(output),
            ProbeCommand.Create(output),
            VerifyCommand.Create(output),
            EquationsCommand.Create(output),
            MigrateCommand.Create(output),
            ConvertCommand.Create(output),
            DoctorBenchmarkCommand.Create(output),
            InfoCommand.Create(output),
        };
        root.Add(new HelpCommand(root));
        root.HelpName = "rnncompare";
        HelpWithExamples.Attach(root);
        return root;
    }

    private static int Invoke(IReadOnlyList<string> args, Invocation invocation)
    {
        var (output, error) = (invocation.Output, invocation.Error);
        try
        {
            // No response files: an argument that begins with @ is a path like any other.
            var parsed = Create(output).Parse(args.Count > 0 ? args : ["--help"], new() { ResponseFileTokenReplacer = null });
            if (parsed.Action is not HelpWithExamples)
            {
                ParseErrors.Check(parsed);
            }

            return parsed.Invoke(invocation);
        }
        catch (OperationCanceledException) when (invocation.Cancellation.IsCancellationRequested)
        {
            error.WriteLine("rnncompare: ended before there was a result.");
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            return Failure.Of(e).Tell(output, error, args.Contains("--json"));
        }
    }
}

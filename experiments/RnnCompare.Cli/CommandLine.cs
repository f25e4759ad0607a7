using System.CommandLine;
using RnnCompare.Cli.Commands;
using RnnCompare.Experiments;
using RnnCompare.Torch;

namespace RnnCompare.Cli;

/// <summary>The command line of <c>rnncompare</c>.</summary>
public static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">What was typed after the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints go, one line each.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var root = new RootCommand("A hand-written recurrent network beside autograd: same weights, same batches, every gradient compared.")
        {
            RunCommand.Create(output),
            ViewCommand.Create(output),
            ReportCommand.Create(output),
            FlowCommand.Create(output, error),
            SpeedCommand.Create(output),
            CheckCommand.Create(output),
            ProbeCommand.Create(output),
            VerifyCommand.Create(output, error),
            EquationsCommand.Create(output),
            MigrateCommand.Create(output),
            ConvertCommand.Create(output),
            DoctorBenchmarkCommand.Create(output),
            InfoCommand.Create(output),
        };
        root.HelpName = "rnncompare";
        HelpWithExamples.Attach(root);
        try
        {
            // No response files: an argument that begins with @ is a path like any other.
            var parsed = root.Parse(args.Count > 0 ? args : ["--help"], new() { ResponseFileTokenReplacer = null });
            ParseErrors.Check(parsed);
            return parsed.Invoke(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e is InputException or TorchUnavailableException)
        {
            error.WriteLine($"rnncompare: {e.Message}");
            return ExitCodes.BadInput;
        }
    }
}

using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare info</c>.</summary>
internal static class InfoCommand
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("info", "Says what figures of this machine are measured on: processor, TorchSharp, libtorch, threads, environment variables that choose kernels.");
        command.SetAction(_ => new Screen(output).Show(EnvironmentTable.Of(RunEnvironment.Current(withTorch: true))));
        return command;
    }
}

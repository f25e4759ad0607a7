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
        var json = new Option<bool>("--json") { Description = "Print the facts as one JSON object." };
        command.Add(json);
        command.SetAction(parsed =>
        {
            var table = EnvironmentTable.Of(RunEnvironment.Current(withTorch: true));
            if (parsed.GetValue(json))
            {
                output.Write(TablesJson.WriteFacts(table));
            }
            else
            {
                new Screen(output).Show(table);
            }
        });
        return command;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli;

/// <summary>Help as the parser writes it, followed by what a command adds: examples, and the keys of config files.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _help;

    private HelpWithExamples(SynchronousCommandLineAction help) => _help = help;

    /// <summary>Puts the action in the place of the root's help.</summary>
    public static void Attach(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IExplainedCommand command)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(command.Explanation);
        }

        return code;
    }
}

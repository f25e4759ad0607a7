using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli;

/// <summary>Help as the parser writes it, followed by what a command adds (examples, the keys of config files) and the exit codes.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _help;

    private HelpWithExamples(SynchronousCommandLineAction help) => _help = help;

    /// <summary>Who asks for help need not have typed what else the command demands.</summary>
    public override bool ClearsParseErrors => true;

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
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is IExplainedCommand command)
        {
            output.WriteLine(command.Explanation);
            output.WriteLine();
        }

        output.WriteLine(ExitCodes.OfEveryCommand);
        return code;
    }
}

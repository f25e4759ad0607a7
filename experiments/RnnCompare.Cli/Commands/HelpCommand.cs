using System.CommandLine;
using RnnCompare.Experiments;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare help</c>: the help of a command by its name.</summary>
internal sealed class HelpCommand : Command
{
    private readonly Argument<string?> _command = new("COMMAND") { Description = "The command; nothing for all of them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly RootCommand _root;

    public HelpCommand(RootCommand root)
        : base("help", "Shows the help of a command.")
    {
        _root = root;
        Add(_command);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var name = parsed.GetValue(_command);
        if (name is not null && _root.Subcommands.All(command => command.Name != name))
        {
            throw new InputException($"there is no command '{name}'; the nearest is '{NearestName.Of(name, _root.Subcommands.Select(command => command.Name))}'.");
        }

        string[] args = name is null ? ["--help"] : [name, "--help"];
        return _root.Parse(args).Invoke(parsed.InvocationConfiguration);
    }
}

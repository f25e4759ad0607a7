using System.CommandLine;
using System.CommandLine.Parsing;
using RnnCompare.Experiments;

namespace RnnCompare.Cli;

/// <summary>Says in one line what is wrong with a command line.</summary>
/// <remarks>The parser itself takes an unknown option for an argument wherever one is due, even for another option's value.</remarks>
internal static class ParseErrors
{
    /// <summary>Makes sure that everything typed was understood.</summary>
    /// <exception cref="InputException">Something was not; the message names it and the nearest known spelling.</exception>
    public static void Check(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name).Distinct().ToArray();
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token.Type == TokenType.Argument))
        {
            if (token.Value.StartsWith('-') && token.Value.Length > 1 && !char.IsAsciiDigit(token.Value[1]))
            {
                var name = token.Value.Split('=')[0];
                throw new InputException($"there is no option '{name}'; the nearest is '{NearestName.Of(name, options)}'.");
            }
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            var token = parsed.UnmatchedTokens[0];
            throw command.Subcommands.Count > 0
                ? new InputException($"there is no command '{token}'; the nearest is '{NearestName.Of(token, command.Subcommands.Select(subcommand => subcommand.Name))}'.")
                : new InputException($"'{token}' is one argument too many for {command.Name}.");
        }

        if (parsed.Errors.Count > 0)
        {
            throw new InputException(parsed.Errors[0].Message);
        }
    }
}

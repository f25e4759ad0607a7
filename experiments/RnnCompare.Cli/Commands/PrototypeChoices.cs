using System.CommandLine;
using RnnCompare.Experiments;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Commands;

/// <summary>The options that say how a prototype's arrays are meant, one for each key of <see cref="PrototypeOptions"/>.</summary>
internal sealed class PrototypeChoices
{
    private const string Flag = "batch_first";
    private const string Ignore = "ignore";
    private const int LongestList = 8;

    private static readonly Dictionary<string, string> Help = new()
    {
        ["convention"] = "The names, shapes and orders of the arrays.",
        ["cell"] = "The cell.",
        ["activation"] = "The activation of a plain cell.",
        ["gru_reset"] = "Whether a GRU resets after or before the recurrent product.",
        ["loss"] = "What is minimised.",
        ["outputs"] = "Which steps have an output.",
        ["reduction"] = "How single losses are put together.",
        ["half"] = "Whether a squared error has ½ in front.",
        ["orientation"] = "Whether matrices are W·x or x·W.",
        ["joined"] = "The order of state (h), input (x) and bias (b) in a joined matrix.",
        ["gates"] = "The order of stacked gates, such as ifgo or fgio.",
        ["gru_update"] = "Whether the update gate keeps the old state, or writes the new.",
        ["learning_rate"] = "The step of plain gradient descent behind weights named X_new.",
    };

    private readonly Dictionary<string, Option<string?>> _words;
    private readonly Option<string[]> _ignore = new("--ignore") { Description = "An array to leave out, though it looks like a gradient or a weight; may be repeated.", HelpName = "NAME" };
    private readonly Option<bool?> _batchFirst = new("--batch-first") { Description = "Whether sequences are (B, T, …) and not (T, B, …)." };

    public PrototypeChoices(Command command)
    {
        _words = PrototypeOptions.Keys.Where(key => key.Key is not (Flag or Ignore)).ToDictionary(
            key => key.Key,
            key => new Option<string?>("--" + key.Key.Replace('_', '-')) { Description = Help[key.Key] + (key.Value.Count is > 0 and <= LongestList ? $" One of {string.Join(", ", key.Value)}." : ""), HelpName = key.Value.Count > 0 ? "WORD" : "NUMBER" });
        foreach (var option in _words.Values)
        {
            command.Add(option);
        }

        command.Add(_batchFirst);
        command.Add(_ignore);
    }

    /// <summary>What was said.</summary>
    /// <exception cref="InputException">A word is unknown; the message lists those that are.</exception>
    public PrototypeOptions Read(ParseResult parsed)
    {
        var options = PrototypeOptions.None;
        foreach (var (key, option) in _words)
        {
            options = Add(options, key, option.Name, parsed.GetValue(option));
        }

        options = Add(options, Ignore, _ignore.Name, parsed.GetValue(_ignore) is { Length: > 0 } names ? string.Join(',', names) : null);
        return Add(options, Flag, _batchFirst.Name, parsed.GetValue(_batchFirst)?.ToString().ToLowerInvariant());
    }

    internal static PrototypeOptions Add(PrototypeOptions options, string key, string option, string? word)
    {
        try
        {
            return word is null ? options : options.With(key, word);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{option}: {e.Message}", e);
        }
    }
}

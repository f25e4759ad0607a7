using System.CommandLine;
using RnnCompare.Equations;
using RnnCompare.Experiments;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Commands;

/// <summary>The options that say how a prototype's arrays are meant, one for each key of <see cref="PrototypeOptions"/>.</summary>
internal sealed class PrototypeChoices
{
    private const string Flag = "batch_first";
    private const string Ignore = "ignore";
    private const int LongestList = 8;
    private const string Cell = "cell";

    // What equations say of a cell.
    private static readonly string[] Said = [Cell, "convention", "activation", "gru_reset", "orientation", "joined", "gates", "gru_update"];

    private static readonly Dictionary<string, string> Help = new()
    {
        ["convention"] = "The names, shapes and orders of the arrays.",
        [Cell] = "The cell.",
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
    private readonly Option<string?> _equations = new("--equations") { Description = "The cell's equations (docs/equations.md): arrays have the names and axes that stand there.", HelpName = "FILE" };
    private readonly bool _takesEquations;
    private readonly Option<bool?> _batchFirst = new("--batch-first") { Description = "Whether sequences are (B, T, …) and not (T, B, …)." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="takesEquations">Whether the cell may be given as equations.</param>
    public PrototypeChoices(Command command, bool takesEquations = false)
    {
        _takesEquations = takesEquations;
        if (takesEquations)
        {
            command.Add(_equations);
        }

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
        foreach (var (key, option) in _words.Where(word => word.Key != Cell || !IsFile(parsed)))
        {
            options = Add(options, key, option.Name, parsed.GetValue(option));
        }

        options = Add(options, Ignore, _ignore.Name, parsed.GetValue(_ignore) is { Length: > 0 } names ? string.Join(',', names) : null);
        return Add(options, Flag, _batchFirst.Name, parsed.GetValue(_batchFirst)?.ToString().ToLowerInvariant());
    }

    /// <summary>The cell whose equations were given, as a file or by a built-in cell's name; null for none.</summary>
    /// <exception cref="InputException">The equations cannot be read, or another option says what they say already.</exception>
    public EquationCell? ReadCell(ParseResult parsed)
    {
        var given = !_takesEquations ? null : parsed.GetValue(_equations) ?? (IsFile(parsed) ? parsed.GetValue(_words[Cell]) : null);
        if (given is null)
        {
            return null;
        }

        string[] others = [.. Said.Where(key => parsed.GetValue(_words[key]) is { } word && word != given).Select(key => _words[key].Name)];
        return others.Length == 0 ? new(CellFile.Read(given)) : throw new InputException($"{others[0]}: the equations of {given} say already what the cell and its arrays are.");
    }

    private bool IsFile(ParseResult parsed) => _takesEquations && parsed.GetValue(_words[Cell]) is { } word && CellFile.IsFile(word);

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

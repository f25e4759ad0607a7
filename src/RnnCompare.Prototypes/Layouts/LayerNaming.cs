using System.Text.RegularExpressions;
using RnnCompare.Models;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>How a convention tells layers and directions apart in the names of arrays.</summary>
public sealed partial class LayerNaming
{
    private readonly Regex? _pattern; // groups stem, name, layer, reverse
    private readonly Func<string, int, bool, string> _format;
    private readonly char? _separator;

    private LayerNaming(Regex? pattern, Func<string, int, bool, string> format, char? separator = null)
    {
        _pattern = pattern;
        _format = format;
        _separator = separator;
    }

    /// <summary>One layer in one direction: the name alone.</summary>
    public static LayerNaming OneLayer { get; } = new(pattern: null, (name, _, _) => name);

    /// <summary>The canonical suffixes: <c>Whh</c>, <c>Whh.1</c>, <c>Whh.1r</c>; read with an underscore too, for keywords must be identifiers.</summary>
    public static LayerNaming Suffix { get; } = new(SuffixPattern(), (name, layer, reverse) => name + TensorNames.Suffix(layer, reverse));

    /// <summary>PyTorch: <c>weight_hh_l1_reverse</c> behind any module's name.</summary>
    public static LayerNaming Torch { get; } = new(
        TorchPattern(), (name, layer, reverse) => $"{name}_l{layer}{(reverse ? "_reverse" : "")}", separator: '.');

    /// <summary>Keras: the layer is the name in front, as in <c>bidirectional_1/backward_lstm/lstm_cell/kernel</c>; layers are taken in natural order.</summary>
    public static LayerNaming Keras { get; } = new(
        KerasPattern(), (name, layer, reverse) => $"{(reverse ? "backward_" : "")}{(layer == 0 ? "" : $"rnn_{layer}/")}{name}", separator: '/');

    /// <summary>Whether there are names for more than one layer in one direction.</summary>
    public bool Stacks => _pattern is not null;

    /// <summary>Whether the output layer may have any name: it is then the only matrix that nothing else is.</summary>
    public bool AnyOutput => _separator is not null;

    /// <summary>The array's name of a recurrent tensor.</summary>
    internal string Format(string name, int layer, bool reverse) => _format(name, layer, reverse);

    /// <summary>What the name of an array says, if it is one of a recurrent tensor.</summary>
    internal LayerName? Parse(string array)
    {
        if (_pattern is null)
        {
            return new("", array, null, Reverse: false);
        }

        if (_pattern.Match(array) is not { Success: true } match)
        {
            return null;
        }

        var (stem, layer) = (match.Groups["stem"].Value, match.Groups["layer"]);
        return new(
            DirectionPattern().Replace(stem, ""),
            match.Groups["name"].Value,
            layer.Success ? int.Parse(layer.ValueSpan, provider: null) : null,
            match.Groups["reverse"].Success || stem.Contains("backward_", StringComparison.Ordinal));
    }

    /// <summary>Whether an array's name is one of the output layer, behind any module's name where those are usual.</summary>
    internal bool IsOutput(string name, string array)
    {
        return array == name || (_separator is { } separator && array.EndsWith(separator + name, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(?<stem>)(?<name>[A-Za-z]\w*?)(?:[._](?<layer>\d{1,3})(?<reverse>r)?)?$")]
    private static partial Regex SuffixPattern();

    [GeneratedRegex(@"^(?<stem>(?:.*\.)?)(?<name>\w+)_l(?<layer>\d{1,3})(?<reverse>_reverse)?$")]
    private static partial Regex TorchPattern();

    [GeneratedRegex(@"^(?<stem>(?:.*[/._])?)(?<name>(?<!recurrent_)(?:recurrent_)?[a-z]+)(?::0)?$")]
    private static partial Regex KerasPattern();

    // What the names of one layer's two directions differ in.
    [GeneratedRegex(@"forward_|backward_|\w*cell(_\d+)?/")]
    private static partial Regex DirectionPattern();
}

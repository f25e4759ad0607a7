using System.Text.RegularExpressions;

namespace RnnCompare.Prototypes.Reading;

/// <summary>What the name of an array says, however it is written: <c>W_f</c>, <c>lstm.Wf</c>, <c>weights_f</c> and <c>wf</c> have one core.</summary>
/// <param name="Array">The name.</param>
/// <param name="Core">Letters without separators, numbers and words for modules, in lower case; <c>w</c> and <c>b</c> for weights and biases.</param>
/// <param name="Module">The part of a network that the name speaks of.</param>
/// <param name="Number">The number in it, most often a layer's.</param>
/// <param name="Reverse">Whether it belongs to the backward direction; null where it names none.</param>
internal sealed partial record NameParts(string Array, string Core, ModuleKind Module, int? Number, bool? Reverse)
{
    private static readonly string[] Forward = ["f", "fw", "fwd", "forward", "ltr", "left"];
    private static readonly string[] Backward = ["b", "bw", "bwd", "backward", "backwards", "r", "rev", "reverse", "rtl", "right"];

    private static readonly Dictionary<string, ModuleKind> Modules = new()
    {
        ["lstm"] = ModuleKind.Recurrent,
        ["gru"] = ModuleKind.Recurrent,
        ["rnn"] = ModuleKind.Recurrent,
        ["cell"] = ModuleKind.Recurrent,
        ["layer"] = ModuleKind.Recurrent,
        ["layers"] = ModuleKind.Recurrent,
        ["l"] = ModuleKind.Recurrent,
        ["recurrent"] = ModuleKind.Recurrent,
        ["params"] = ModuleKind.Any,
        ["model"] = ModuleKind.Any,
        ["net"] = ModuleKind.Any,
        ["self"] = ModuleKind.Any,
        ["affine"] = ModuleKind.Output,
        ["fc"] = ModuleKind.Output,
        ["dense"] = ModuleKind.Output,
        ["linear"] = ModuleKind.Output,
        ["out"] = ModuleKind.Output,
        ["output"] = ModuleKind.Output,
        ["vocab"] = ModuleKind.Output,
        ["decoder"] = ModuleKind.Output,
        ["head"] = ModuleKind.Output,
        ["proj"] = ModuleKind.Output,
        ["softmax"] = ModuleKind.Output,
        ["readout"] = ModuleKind.Output,
        ["embed"] = ModuleKind.Embedding,
        ["embedding"] = ModuleKind.Embedding,
        ["embeddings"] = ModuleKind.Embedding,
        ["emb"] = ModuleKind.Embedding,
    };

    /// <summary>Takes names apart. A word for a direction counts where the same name with the opposite word is there too.</summary>
    public static IReadOnlyList<NameParts> Parse(IReadOnlyList<string> names)
    {
        var all = names.Select(Words).ToArray();
        var keys = all.Select(words => string.Join(' ', words)).ToHashSet();
        return [.. names.Zip(all, (name, words) => Parse(name, words, keys))];
    }

    private static NameParts Parse(string name, string[] words, HashSet<string> keys)
    {
        bool? reverse = null;
        for (var i = 0; i < words.Length && reverse is null; i++)
        {
            reverse = HasTwin(words, i, Forward, Backward, keys) ? false : HasTwin(words, i, Backward, Forward, keys) ? true : null;
            words = reverse is null ? words : [.. words[..i], .. words[(i + 1)..]];
        }

        var (core, module, number) = ("", ModuleKind.Any, (int?)null);
        foreach (var word in words)
        {
            if (int.TryParse(word, out var value))
            {
                number = value;
            }
            else if (Modules.TryGetValue(word, out var kind))
            {
                module = kind == ModuleKind.Any ? module : kind;
            }
            else
            {
                core += word switch { "weight" or "weights" or "kernel" => "w", "bias" or "biases" => "b", _ => word };
            }
        }

        return new(name, core.Length > 0 ? core : "w", module, number, reverse);
    }

    private static bool HasTwin(string[] words, int place, string[] own, string[] other, HashSet<string> keys)
    {
        return words.Length > 1 && own.Contains(words[place])
            && other.Any(word => keys.Contains(string.Join(' ', (string[])[.. words[..place], word, .. words[(place + 1)..]])));
    }

    private static string[] Words(string name)
    {
        return [.. Word().Matches(name).SelectMany(match => Split(match.Value.ToLowerInvariant()))];
    }

    // Wout and WLSTM are a letter and a word.
    private static IEnumerable<string> Split(string word)
    {
        return word.Length > 2 && word[0] is 'w' or 'b' && Modules.ContainsKey(word[1..]) ? [word[..1], word[1..]] : [word];
    }

    [GeneratedRegex("[A-Za-z]+|[0-9]+")]
    private static partial Regex Word();
}

/// <summary>The part of a network that an array belongs to.</summary>
internal enum ModuleKind
{
    /// <summary>The name says nothing.</summary>
    Any,

    /// <summary>A recurrent layer.</summary>
    Recurrent,

    /// <summary>The output layer.</summary>
    Output,

    /// <summary>The vectors of tokens.</summary>
    Embedding,
}

namespace RnnCompare.Prototypes.Reading;

/// <summary>How people name the matrices of a recurrent layer: by cores of <see cref="NameParts"/>, {g} being a gate's letter, or nothing where one array holds all gates.</summary>
/// <param name="Inputs">The matrix that the input enters, or the matrix over state and input side by side.</param>
/// <param name="States">The matrix that the state enters; null where both share one.</param>
/// <param name="Biases">What a bias may be called.</param>
internal sealed record Form(string Inputs, string? States, params IReadOnlyList<string> Biases)
{
    /// <summary>A second bias beside the first, where a layer has two.</summary>
    public string? SecondBias { get; init; }

    /// <summary>Whether the layer is named in this form for one array per gate, for one array of all, or for both (null).</summary>
    public bool? PerGate { get; init; }
}

/// <summary>The forms that there are. To read another is to add its row.</summary>
internal static class FormTable
{
    /// <summary>Every form; where several fit, those in front are tried first.</summary>
    public static IReadOnlyList<Form> All { get; } =
    [
        new("wx{g}", "wh{g}", "bx{g}") { SecondBias = "bh{g}" },
        new("wi{g}", "wh{g}", "bi{g}") { SecondBias = "bh{g}" },
        new("w{g}", "u{g}", "bw{g}") { SecondBias = "bu{g}" },
        new("wx{g}", "wh{g}", "b{g}", "bh{g}", "bx{g}"),
        new("w{g}x", "w{g}h", "b{g}"),
        new("w{g}i", "w{g}h", "b{g}"),
        new("wi{g}", "wh{g}", "b{g}", "bi{g}", "bh{g}"),
        new("wxh{g}", "whh{g}", "bh{g}", "bhh{g}", "bxh{g}", "b{g}"),
        new("w{g}", "u{g}", "b{g}", "bh"),
        new("u{g}", "w{g}", "b{g}", "bh"),
        new("w{g}", "r{g}", "b{g}"),
        new("wih", "whh", "bih") { SecondBias = "bhh", PerGate = false },
        new("wih", "whh", "bh", "b", "bih", "bhh") { PerGate = false },
        new("win", "wrec", "brec", "bh", "b", "bin") { PerGate = false },
        new("win", "whh", "bh", "b") { PerGate = false },
        new("win", "wres", "b") { PerGate = false },
        new("win", "w", "b", "bh") { PerGate = false },
        new("wax", "waa", "ba", "b") { PerGate = false },
        new("wsx", "wss", "bs", "b") { PerGate = false },
        new("wx", "wr", "b", "bh") { PerGate = false },
        new("w{g}", null, "b{g}"),
        new("wh", null, "bh", "b") { PerGate = false },
        new("wa", null, "ba", "b") { PerGate = false },
        new("whx", null, "bh", "b") { PerGate = false },
        new("wxh", null, "bh", "b") { PerGate = false },
        new("wgates", null, "bgates", "b") { PerGate = false },
    ];

    /// <summary>Whether some form has a matrix or a bias of this core.</summary>
    public static bool Knows(string core)
    {
        return core is ['w' or 'u' or 'b', ..] && core.Length <= 4 && All.Any(form => form.Biases.Append(form.Inputs).Append(form.States ?? "").Append(form.SecondBias ?? "")
            .Any(pattern => pattern == core || (pattern.Contains("{g}", StringComparison.Ordinal) && GateNames.Letters.Any(letter => pattern.Replace("{g}", letter, StringComparison.Ordinal) == core))));
    }
}

/// <summary>What the gates of a cell are called.</summary>
internal static class GateNames
{
    private static readonly string[][] Lstm = [["i", "u", "in", "input"], ["f", "forget"], ["g", "c", "cc", "a", "cbar", "ctilde", "ccand", "cand", "candidate", "n", "j", "z"], ["o", "output"]];
    private static readonly string[][] Gru = [["r", "reset"], ["z", "u", "update"], ["n", "h", "c", "g", "hh", "htilde", "hhat", "hbar", "cand", "candidate"]];

    /// <summary>Every name of a gate, and none.</summary>
    public static IEnumerable<string> Letters => Lstm.Concat(Gru).SelectMany(names => names).Append("");

    /// <summary>The names of each gate, in the cell's own order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(int gates) => gates == Lstm.Length ? Lstm : Gru;

    /// <summary>The orders in which one array may stack gates, as indices of the cell's own; those that libraries use come first.</summary>
    public static IReadOnlyList<int[]> Orders(int gates)
    {
        int[][] usual = gates switch
        {
            4 => [[0, 1, 2, 3], [0, 1, 3, 2], [1, 2, 0, 3], [1, 0, 3, 2], [1, 0, 2, 3]],
            3 => [[0, 1, 2], [1, 0, 2]],
            _ => [],
        };
        return [.. usual.Concat(Permutations([.. Enumerable.Range(0, gates)])).DistinctBy(order => string.Join(',', order))];
    }

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        return items.Length == 0 ? [[]] : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);
    }
}

namespace RnnCompare.Prototypes.Reading;

/// <summary>The arrays of one layer and direction, by the names of a form: one for each gate, or one for all.</summary>
/// <param name="Form">The form.</param>
/// <param name="Inputs">The input matrices, or those over state and input.</param>
/// <param name="States">The state matrices; none where the form joins them.</param>
/// <param name="Biases">The biases; none where there are none.</param>
/// <param name="SecondBiases">Those of a second kind.</param>
internal sealed record LayerMatch(
    Form Form, IReadOnlyList<string> Inputs, IReadOnlyList<string> States, IReadOnlyList<string> Biases, IReadOnlyList<string> SecondBiases)
{
    /// <summary>Whether every gate has an array of its own.</summary>
    public bool PerGate => Inputs.Count > 1;

    /// <summary>All arrays.</summary>
    public IEnumerable<string> Arrays => Inputs.Concat(States).Concat(Biases).Concat(SecondBiases);

    /// <summary>Finds a form's arrays among those of a layer.</summary>
    /// <param name="form">The form.</param>
    /// <param name="gates">How many gates the cell has; 1 asks for one array of all gates.</param>
    /// <param name="cores">The layer's arrays by the cores of their names.</param>
    public static LayerMatch? Find(Form form, int gates, IReadOnlyDictionary<string, string> cores)
    {
        if (form.PerGate is { } perGate && perGate != gates > 1)
        {
            return null;
        }

        // The letters with which every matrix of the form is there.
        List<string> letters = [];
        foreach (var names in gates > 1 ? GateNames.Of(gates) : [[""]])
        {
            if (names.FirstOrDefault(letter => !letters.Contains(letter) && Matrices(form, letter).All(cores.ContainsKey)) is not { } letter)
            {
                return null;
            }

            letters.Add(letter);
        }

        string[]? Arrays(string? pattern) => pattern is not null && letters.TrueForAll(letter => cores.ContainsKey(Core(pattern, letter)))
            ? [.. letters.Select(letter => cores[Core(pattern, letter)])]
            : null;

        var biases = form.Biases.Select(Arrays).FirstOrDefault(found => found is not null) ?? [];
        var second = Arrays(form.SecondBias);
        return form.SecondBias is not null && (second is null || biases.Length == 0)
            ? null
            : new(form, Arrays(form.Inputs)!, Arrays(form.States) ?? [], biases, second ?? []);
    }

    private static IEnumerable<string> Matrices(Form form, string letter)
    {
        yield return Core(form.Inputs, letter);
        if (form.States is not null)
        {
            yield return Core(form.States, letter);
        }
    }

    private static string Core(string pattern, string letter) => pattern.Replace("{g}", letter, StringComparison.Ordinal);
}

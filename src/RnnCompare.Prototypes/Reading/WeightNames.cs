using System.Text.RegularExpressions;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Which arrays of a prototype are its weights under a convention, by their names alone.</summary>
internal sealed partial class WeightNames
{
    private readonly Dictionary<string, string> _arrays = [];
    private readonly string _source;

    private WeightNames(Convention convention, string source)
    {
        Convention = convention;
        _source = source;
    }

    public Convention Convention { get; }

    /// <summary>The arrays by canonical name.</summary>
    public IReadOnlyDictionary<string, string> Arrays => _arrays;

    public int Layers { get; private set; }

    public bool Bidirectional { get; private set; }

    /// <summary>What a network needs and no array is named as; null if nothing is missing.</summary>
    public string? Missing
    {
        get
        {
            foreach (var layout in Convention.Tensors.Where(layout => layout.IsRequired))
            {
                for (var i = 0; i < (layout.IsOutput ? 1 : Layers * (Bidirectional ? 2 : 1)); i++)
                {
                    var (layer, reverse) = Bidirectional ? (i / 2, i % 2 == 1) : (i, false);
                    if (!_arrays.ContainsKey(layout.Tensor + TensorNames.Suffix(layer, reverse)))
                    {
                        return layout.IsOutput ? string.Join(" or ", layout.Names) : Convention.Layers.Format(layout.Names[0], layer, reverse);
                    }
                }
            }

            return null;
        }
    }

    /// <summary>Whether the output layer is what a network needs and no array is named as, and all that it needs.</summary>
    public bool LacksOnlyReadOut => Missing is { } missing && missing == string.Join(" or ", Convention.Tensors.First(layout => layout.Tensor == TensorNames.Why).Names);

    /// <summary>Looks for the names of a convention; null where nothing is named as its recurrent weights are.</summary>
    /// <exception cref="InvalidDataException">Two arrays are named as one tensor.</exception>
    public static WeightNames? Find(Convention convention, NamedArrays arrays)
    {
        var candidates = ArrayNames.Weights(arrays, convention);
        var parsed = candidates.Select(array => (Array: array, Name: convention.Layers.Parse(array))).Where(entry => entry.Name is not null).ToList();
        var recurrent = convention.Tensors.First(layout => layout.Tensor == TensorNames.Whh);

        // A module's name counts only where recurrent weights are; those of other modules belong to something else.
        List<string> stems = [.. parsed
            .Where(entry => recurrent.Names.Contains(entry.Name!.Value.Name))
            .Select(entry => entry.Name!.Value.Stem)
            .Distinct()
            .OrderBy(InNaturalOrder, StringComparer.Ordinal)];
        if (stems.Count == 0)
        {
            return null;
        }

        var names = new WeightNames(convention, arrays.Source);
        foreach (var (array, name) in parsed)
        {
            if (stems.IndexOf(name!.Value.Stem) is >= 0 and var stem)
            {
                names.AddRecurrent(array, name.Value, name.Value.Layer ?? stem);
            }
        }

        names.AddOutput([.. candidates.Except(names._arrays.Values)], arrays);
        return names;
    }

    // lstm_2 before lstm_10.
    private static string InNaturalOrder(string stem) => Digits().Replace(stem, number => number.Value.PadLeft(9, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    private void AddRecurrent(string array, LayerName name, int layer)
    {
        foreach (var layout in Convention.Tensors.Where(layout => !layout.IsOutput && layout.Names.Contains(name.Name)))
        {
            Add(layout.Tensor + TensorNames.Suffix(layer, name.Reverse), array);
            Layers = Math.Max(Layers, layer + 1);
            Bidirectional |= name.Reverse;
        }
    }

    private void AddOutput(IReadOnlyList<string> candidates, NamedArrays arrays)
    {
        foreach (var layout in Convention.Tensors.Where(layout => layout.IsOutput))
        {
            foreach (var array in candidates.Where(array => layout.Names.Any(name => Convention.Layers.IsOutput(name, array))))
            {
                Add(layout.Tensor, array);
            }
        }

        if (!Convention.Layers.AnyOutput)
        {
            return;
        }

        // Any name may be the output layer's: it is the only matrix that is left, and the only vector.
        if (!_arrays.ContainsKey(TensorNames.Why) && Only(2) is { } matrix)
        {
            Add(TensorNames.Why, matrix);
            if (Only(1) is { } vector)
            {
                _arrays.TryAdd(TensorNames.By, vector);
            }
        }

        string? Only(int rank)
        {
            string[] left = [.. candidates.Where(array => arrays[array].Shape.Length == rank)];
            return left.Length == 1 ? left[0] : null;
        }
    }

    private void Add(string tensor, string array)
    {
        if (!_arrays.TryAdd(tensor, array) && _arrays[tensor] != array)
        {
            throw ArrayName.Refuse(_source, $"{_arrays[tensor]} and {array} could both be {tensor}; expected one of them.");
        }
    }
}

using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Sees to it that nothing which looks like a gradient or a weight is passed over in silence.</summary>
internal static class UnreadArrays
{
    /// <summary>The arrays but those that are to be left out.</summary>
    /// <exception cref="InvalidDataException">One of those is not there.</exception>
    public static NamedArrays Without(NamedArrays arrays, IReadOnlyList<string> ignored)
    {
        if (ignored.FirstOrDefault(name => !arrays.TryGet(name, out _)) is { } unknown)
        {
            throw ArrayName.Refuse(arrays.Source, $"there is no array {unknown} to ignore; found {arrays.NamesText}.");
        }

        var kept = new NamedArrays(arrays.Source);
        foreach (var (name, array) in arrays.Where(entry => !ignored.Contains(entry.Key)))
        {
            kept.Add(name, array);
        }

        return kept;
    }

    /// <summary>The arrays that were not read though they look as if they should be.</summary>
    public static IEnumerable<string> Of(NamedArrays arrays, SavedPrototype saved)
    {
        return saved.Ignored.Where(name => arrays.TryGet(name, out _) && (GradientNames.LooksLikeOne(arrays, name) || LooksLikeWeight(arrays, name)));
    }

    /// <summary>Makes sure that there are none.</summary>
    /// <exception cref="InvalidDataException">There is one; the message names it, what it could be, and how to leave it out.</exception>
    public static void Refuse(NamedArrays arrays, SavedPrototype saved)
    {
        string[] all = [.. Of(arrays, saved)];
        if (all is not [var name, ..])
        {
            return;
        }

        string[] gradients = [.. all.Where(other => GradientNames.LooksLikeOne(arrays, other))];
        if (gradients.Length > 1)
        {
            throw ArrayName.Refuse(arrays.Source, $"{string.Join(", ", gradients)} look like gradients, but nothing was read under those names; call each d and the name of its weight, or leave them out with {string.Join(' ', gradients.Select(other => "--ignore " + other))}.");
        }

        string[] weights = [.. saved.Given.Select(array => array.Name).Where(other => arrays.TryGet(other, out _))];
        throw GradientNames.LooksLikeOne(arrays, name)
            ? ArrayName.Refuse(arrays.Source, $"{name} looks like a gradient, but nothing was read under that name; {Nearest(name, weights)}or leave it out with --ignore {name}.")
            : ArrayName.Refuse(arrays.Source, $"{name} {arrays[name].ShapeText} looks like a weight, but a {saved.Spec.Cell} network of {string.Join(", ", weights)} has no use for it; leave it out with --ignore {name}, or say which network it is with --cell or --convention.");
    }

    private static bool LooksLikeWeight(NamedArrays arrays, string name) => ReadingChoice.WeightNames(arrays).Contains(name) && OutputLayer.Knows(NameParts.Parse([name])[0].Core);

    private static string Nearest(string name, string[] weights)
    {
        var nearest = weights.Where(weight => weight.Length > 0).MinBy(weight => Difference(name, "d" + weight));
        return nearest is null ? "" : $"if it belongs to {nearest}, call it d{nearest}, ";
    }

    private static int Difference(string a, string b) => Math.Abs(a.Length - b.Length) + a.Zip(b).Count(pair => pair.First != pair.Second);
}

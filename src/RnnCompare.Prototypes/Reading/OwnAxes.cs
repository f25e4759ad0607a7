using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>An array whose axes stand in some order of the prototype's.</summary>
/// <param name="Name">The array.</param>
/// <param name="Axes">Its axes, in the letters of <see cref="AxisSizes"/>; those of length one may be missing or more.</param>
/// <param name="Map">Where each canonical element stands.</param>
/// <param name="Skipped">The canonical elements in front that are left out: a state before the first step.</param>
/// <param name="Values">The canonical elements.</param>
internal sealed record OwnAxes(string Name, string Axes, ArrayMap Map, int Skipped, NdArray<double> Values)
{
    /// <summary>Every way in which an array can have these axes.</summary>
    /// <param name="arrays">The prototype.</param>
    /// <param name="name">The array.</param>
    /// <param name="canonical">The canonical axes.</param>
    /// <param name="sizes">Their lengths.</param>
    /// <param name="likely">The order of the inputs' axes, which is tried first.</param>
    public static IEnumerable<OwnAxes> Fitting(NamedArrays arrays, string name, string canonical, AxisSizes sizes, string likely)
    {
        if (arrays[name].ElementType == ElementType.Text)
        {
            yield break;
        }

        foreach (var axes in Orders(canonical, likely))
        {
            if (AxisSizes.SameAxes(arrays[name].Shape, sizes.Shape(axes)))
            {
                var map = ArrayMap.Create(canonical, axes, sizes, gates: []);
                yield return new(name, axes, map, 0, map.Read(arrays.Get<double>(name)));
            }
            else if (canonical is ['T', ..] && sizes with { Steps = sizes.Steps + 1 } is var longer && AxisSizes.SameAxes(arrays[name].Shape, longer.Shape(axes)))
            {
                var map = ArrayMap.Create(canonical, axes, longer, gates: []);
                var all = map.Read(arrays.Get<double>(name));
                var step = all.Length / (sizes.Steps + 1);
                yield return new(name, axes, map, step, all.Cut(1, sizes.Steps + 1));
                yield return new(name, axes, map, 0, all.Cut(0, sizes.Steps));
            }
        }
    }

    /// <summary>The array as the claim of a canonical tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="own">The array.</param>
    /// <param name="shown">Its name in messages; null for that of the array.</param>
    public PrototypeArray<double> As(string tensor, StoredArray own, string? shown = null)
    {
        int[] positions = [.. Enumerable.Range(Skipped, Values.Length).Select(position => Map[position])];
        return new(tensor, shown ?? Name, own, positions, Values);
    }

    /// <summary>The orders in which the letters may stand: that of the inputs first, then as they are, then all others.</summary>
    private static IEnumerable<string> Orders(string letters, string likely)
    {
        var feature = letters.FirstOrDefault(letter => letter is not ('T' or 'B' or 'L'));
        var asInputs = string.Concat(likely.Select(letter => letter is 'T' or 'B' ? letter : feature).Where(letters.Contains));
        var front = asInputs.Length == letters.Length ? asInputs : string.Concat(letters.Where(letter => !asInputs.Contains(letter)).Concat(asInputs));
        return Permutations(letters).Prepend(letters).Prepend(front).Distinct();
    }

    private static IEnumerable<string> Permutations(string letters)
    {
        return letters.Length == 0 ? [""] : letters.SelectMany((letter, i) => Permutations(letters.Remove(i, 1)), (letter, rest) => letter + rest);
    }
}

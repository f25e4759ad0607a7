using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Arrays that hold the same weight of every layer, (L, H, I): as arrays of one layer each, <c>W.0</c>, <c>W.1</c>, ….</summary>
internal static class StackedLayers
{
    /// <summary>The arrays taken apart; null where nothing looks like layers on each other.</summary>
    public static NamedArrays? Apart(NamedArrays arrays)
    {
        string[] weights = [.. ReadingChoice.WeightNames(arrays)];
        int[] layers = [.. weights.Where(name => arrays[name].Shape.Length == 3).Select(name => arrays[name].Shape[0]).Distinct()];
        if (layers is not [> 1 and var count])
        {
            return null;
        }

        var stacked = weights.Where(name => arrays[name].Shape is [var first, _, ..] && first == count && (arrays[name].Shape.Length == 3 || IsBias(arrays, name))).ToHashSet();
        var result = new NamedArrays(arrays.Source);
        foreach (var (name, array) in arrays)
        {
            if (array.IsReal && array.Shape is [var first, ..] && first == count && (stacked.Contains(name) || stacked.Any(weight => GradientNames.LooksLikeOne(arrays, name) && name.Contains(weight, StringComparison.Ordinal) && arrays[weight].Shape.SequenceEqual(arrays[name].Shape))))
            {
                Split(result, name, array);
            }
            else
            {
                result.Add(name, array);
            }
        }

        return result;
    }

    // A vector for each layer, and not an output layer that happens to have as many rows.
    private static bool IsBias(NamedArrays arrays, string name) => arrays[name].Shape.Length == 2 && NameParts.Parse([name])[0].Core.StartsWith('b');

    private static void Split(NamedArrays result, string name, StoredArray array)
    {
        int[] shape = [.. array.Shape[1..]];
        var values = array.As<double>()!;
        var size = values.Length / array.Shape[0];
        for (var layer = 0; layer < array.Shape[0]; layer++)
        {
            result.Add($"{name}.{layer}", StoredArray.Of(array.ElementType, new NdArray<double>(values.Data[(layer * size)..((layer + 1) * size)], shape)));
        }
    }
}

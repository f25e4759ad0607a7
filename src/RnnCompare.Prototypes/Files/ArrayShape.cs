namespace RnnCompare.Prototypes.Files;

/// <summary>Shapes as files state them.</summary>
internal static class ArrayShape
{
    private const int LargestRank = 64; // NumPy's own limit

    /// <summary>The shape, if an array of that shape can exist.</summary>
    public static int[] Check(IReadOnlyList<long> lengths, ArrayName name)
    {
        if (lengths.Count > LargestRank)
        {
            throw name.Refuse($"has {lengths.Count} axes, expected at most {LargestRank}.");
        }

        long count = 1;
        foreach (var length in lengths)
        {
            if (length < 0 || length > Array.MaxLength || (count *= length) > Array.MaxLength)
            {
                throw name.Refuse($"has shape ({string.Join(", ", lengths)}), expected lengths of at least 0 and at most {Array.MaxLength} elements.");
            }
        }

        return [.. lengths.Select(length => (int)length)];
    }

    /// <summary>Reorders elements whose first axis varies fastest into row-major order.</summary>
    public static T[] FromColumnMajor<T>(T[] elements, ReadOnlySpan<int> shape)
    {
        var result = new T[elements.Length];
        var index = new int[shape.Length];
        for (int target = 0, source = 0; target < result.Length; target++)
        {
            result[target] = elements[source];
            var stride = result.Length;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                stride /= shape[axis];
                source += stride;
                if (++index[axis] < shape[axis]) break;

                source -= stride * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }
}

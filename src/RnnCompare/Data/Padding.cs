using RnnCompare.Numerics;

namespace RnnCompare.Data;

/// <summary>Clears what lies past the ends of sequences.</summary>
public static class Padding
{
    /// <summary>A copy with zeros at and past each sequence's length.</summary>
    /// <param name="values">Time-major values (T, B, …).</param>
    /// <param name="lengths">The steps of each sequence (B).</param>
    /// <typeparam name="TElement">The element type.</typeparam>
    public static NdArray<TElement> Cleared<TElement>(NdArray<TElement> values, IReadOnlyList<int> lengths)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = values.Clone();
        Clear(copy, lengths);
        return copy;
    }

    /// <summary>Writes zeros at and past each sequence's length.</summary>
    /// <param name="values">Time-major values (T, B, …), overwritten in place.</param>
    /// <param name="lengths">The steps of each sequence (B).</param>
    /// <typeparam name="TElement">The element type.</typeparam>
    public static void Clear<TElement>(NdArray<TElement> values, IReadOnlyList<int> lengths)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(lengths);
        Clear(values.Span, values.Shape[0], lengths);
    }

    /// <summary>Writes zeros at and past each sequence's length.</summary>
    /// <param name="values">Time-major values (T, B, …), overwritten in place.</param>
    /// <param name="steps">T.</param>
    /// <param name="lengths">The steps of each sequence (B).</param>
    /// <typeparam name="TElement">The element type.</typeparam>
    public static void Clear<TElement>(Span<TElement> values, int steps, IReadOnlyList<int> lengths)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(lengths);
        var width = values.Length / (steps * lengths.Count);
        for (var b = 0; b < lengths.Count; b++)
        {
            for (var t = lengths[b]; t < steps; t++)
            {
                values.Slice(((t * lengths.Count) + b) * width, width).Clear();
            }
        }
    }
}

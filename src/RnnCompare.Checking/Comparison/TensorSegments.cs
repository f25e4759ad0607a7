using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Comparison;

/// <summary>How arrays are cut into the parts that are judged by their own size: gates, and steps of time.</summary>
/// <remarks>
/// Gradients of different gates, and of different steps, may lie orders of magnitude apart; judged together, an error in
/// the small ones would drown in the rounding of the large ones. Every part is a run of neighbouring elements.
/// </remarks>
internal static class TensorSegments
{
    /// <summary>The number of equal parts of an array.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="name">The array's name in a <see cref="TensorSet"/>.</param>
    /// <param name="shape">The array's shape.</param>
    public static int Count(RnnSpec spec, string name, ReadOnlySpan<int> shape)
    {
        return name switch
        {
            "dh" => shape[0] * shape[1],
            "dx" or "h" or "dh0" or "dc0" or "hT" or "cT" => shape[0],
            "y" or "p" when shape.Length == 3 => shape[0],
            _ when TensorKind.IsGated(TensorKind.Of(name)) => Math.Max(1, spec.Cell.Gates.Count), // A cell of one's own has no stacked gates.
            _ => 1,
        };
    }

    /// <summary>A part in words: <c>gate f</c>, <c>step 3</c>; null where an array is not cut.</summary>
    public static string? Describe(RnnSpec spec, string name, PartComparison part)
    {
        var layers = spec.Layers * spec.Directions;
        return name switch
        {
            _ when part.Count == 1 => null,
            "dh" => layers == 1 ? $"step {part.Index}" : $"layer and direction {part.Index / (part.Count / layers)}, step {part.Index % (part.Count / layers)}",
            "dh0" or "dc0" or "hT" or "cT" => $"layer and direction {part.Index}",
            "dx" or "h" or "y" or "p" => $"step {part.Index}",
            _ => $"gate {spec.Cell.Gates[part.Index]}",
        };
    }

    /// <summary>One part of an array.</summary>
    public static ReadOnlySpan<double> Part(ReadOnlySpan<double> values, int count, int index)
    {
        var size = values.Length / count;
        return values.Slice(index * size, size);
    }
}

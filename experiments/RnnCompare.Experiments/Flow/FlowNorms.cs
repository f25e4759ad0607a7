using RnnCompare.Data;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>How large the gradient of the whole loss is at every step.</summary>
/// <param name="Engine">The engine that computed it.</param>
/// <param name="Place">The layer and direction.</param>
/// <param name="Values">‖dL/dh_t‖₂ over the whole batch for t = 0 … T−1; L is the loss that training minimises.</param>
public sealed record FlowNorms(string Engine, LayerPlace Place, IReadOnlyList<double> Values)
{
    /// <summary>The norms of all steps of one layer and direction.</summary>
    /// <param name="hidden">dL/dh_t (L·D, T, B, H), zero past a sequence's end.</param>
    /// <param name="place">The index of its first axis.</param>
    internal static double[] OfSteps(NdArray<double> hidden, int place)
    {
        var (T, B) = (hidden.Shape[1], hidden.Shape[2]);
        return [.. Enumerable.Range(0, T).Select(t => Math.Sqrt(Enumerable.Range(0, B).Sum(b => Square(hidden.Row((((place * T) + t) * B) + b)))))];
    }

    /// <summary>The norms k steps back from each sequence's own last step.</summary>
    /// <param name="hidden">dL/dh_t (L·D, T, B, H).</param>
    /// <param name="place">The index of its first axis.</param>
    /// <param name="batch">The lengths.</param>
    internal static double[] BackFromTheEnd(NdArray<double> hidden, int place, SequenceBatch<double> batch)
    {
        var squares = new double[batch.Steps];
        for (var b = 0; b < batch.BatchSize; b++)
        {
            for (var k = 0; k < batch.LengthOf(b); k++)
            {
                squares[k] += Square(hidden.Row((((place * batch.Steps) + batch.LengthOf(b) - 1 - k) * batch.BatchSize) + b));
            }
        }

        return [.. squares.Select(Math.Sqrt)];
    }

    private static double Square(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}

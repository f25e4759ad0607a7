using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.Verify;

/// <summary>The cases of one cell in one precision.</summary>
public static class LayerGrid
{
    // Powers of two and multiples of vector widths with their neighbours, and others thinly: kernels change there.
    private static readonly int[] HiddenSizes =
        [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 24, 28, 31, 32, 33, 40, 47, 48, 49, 56, 63, 64, 65, 80, 81, 96, 97, 100, 112, 113, 127, 128, 129, 130];

    private static readonly int[] BatchSizes = [1, 2, 3, 5, 8, 15, 16, 17, 32, 33, 64];
    private static readonly int[] FewHiddenSizes = [3, 16, 17, 32, 49, 100];

    /// <summary>The cases, the most telling first.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="threads">The thread counts of libtorch, one first.</param>
    public static IEnumerable<LayerCase> Of(RecurrentCell cell, Precision precision, IReadOnlyList<int> threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        LayerCase Case(int hiddenSize) => new() { Cell = cell, Precision = precision, HiddenSize = hiddenSize };

        foreach (var (i, hiddenSize) in HiddenSizes.Index())
        {
            yield return Case(hiddenSize) with { InitialState = i % 3 == 0 };
        }

        foreach (var hiddenSize in FewHiddenSizes)
        {
            yield return Case(hiddenSize) with { Packed = true, InitialState = hiddenSize % 2 == 0 };
            yield return Case(hiddenSize) with { Threads = threads[^1], BatchSize = 64 };
        }

        foreach (var batchSize in BatchSizes)
        {
            yield return Case(16) with { BatchSize = batchSize };
            yield return Case(33) with { BatchSize = batchSize, InitialState = true };
        }

        foreach (var (layers, bidirectional) in new[] { (1, true), (2, false), (2, true), (3, false), (3, true) })
        {
            foreach (var (i, hiddenSize) in FewHiddenSizes.Index())
            {
                yield return Case(hiddenSize) with { Layers = layers, Bidirectional = bidirectional, InitialState = i % 2 == 0, Packed = i == layers };
            }
        }
    }
}

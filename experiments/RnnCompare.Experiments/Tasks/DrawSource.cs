using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Random numbers for one purpose: the same seed, purpose and index always give the same generator, and others independent ones.</summary>
internal static class DrawSource
{
    private const int IndexBits = 31;
    private const int PurposeBits = 2;

    public static NumpyGenerator For(int seed, Purpose purpose, int index = 0)
    {
        // The generator hashes its seed, so that neighbouring numbers give unrelated sequences.
        return new(((ulong)seed << (IndexBits + PurposeBits)) | ((ulong)purpose << IndexBits) | (uint)index);
    }

    internal enum Purpose
    {
        Weights,
        Training,
        Evaluation,
        Samples,
    }
}

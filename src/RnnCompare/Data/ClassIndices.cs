using RnnCompare.Numerics;

namespace RnnCompare.Data;

/// <summary>The check that tokens and class targets share.</summary>
internal static class ClassIndices
{
    /// <summary>Makes sure that every index is in [0, size).</summary>
    /// <exception cref="ArgumentException">One is not; the message names the first.</exception>
    public static void Require(string name, NdArray<long> indices, int size, string meaning)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            if ((ulong)indices.Data[i] >= (ulong)size)
            {
                throw new ArgumentException($"{name}[{string.Join(',', indices.IndexOf(i))}] is {indices.Data[i]}, but must be in 0..{size - 1} ({meaning} is {size}).");
            }
        }
    }
}

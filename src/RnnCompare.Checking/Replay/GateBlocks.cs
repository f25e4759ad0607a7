using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Rearrangements of stacked gates, in place.</summary>
internal static class GateBlocks
{
    /// <summary>Reads an array stored in another order: afterwards gate <c>sources[i]</c> holds what stood at place i.</summary>
    public static void FromOrder<T>(NdArray<T> values, int[] sources)
        where T : unmanaged
    {
        var stored = (T[])values.Data.Clone();
        var size = stored.Length / sources.Length;
        for (var i = 0; i < sources.Length; i++)
        {
            stored.AsSpan(i * size, size).CopyTo(values.Span[(sources[i] * size)..]);
        }
    }

    /// <summary>Writes an array in another order: afterwards place i holds what stood at gate <c>sources[i]</c>.</summary>
    public static void ToOrder<T>(NdArray<T> values, int[] sources)
        where T : unmanaged
    {
        var own = (T[])values.Data.Clone();
        var size = own.Length / sources.Length;
        for (var i = 0; i < sources.Length; i++)
        {
            own.AsSpan(sources[i] * size, size).CopyTo(values.Span[(i * size)..]);
        }
    }

    /// <summary>Transposes every square block of (columns, columns) of a matrix whose rows are a multiple of its columns.</summary>
    public static void Transpose<T>(NdArray<T> values)
        where T : unmanaged
    {
        var size = values.Columns;
        for (var block = 0; block < values.Rows; block += size)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    (values[block + i, j], values[block + j, i]) = (values[block + j, i], values[block + i, j]);
                }
            }
        }
    }
}

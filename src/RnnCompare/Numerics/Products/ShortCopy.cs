using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Products;

/// <summary>Copies of some dozens of elements: a call that first finds out how to copy takes longer than the copy.</summary>
internal static unsafe class ShortCopy
{
    /// <summary>Copies elements between places that do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T* from, T* to, int count)
        where T : unmanaged
    {
        var i = 0;
        for (; i <= count - 8; i += 8)
        {
            Unsafe.CopyBlockUnaligned(to + i, from + i, 8 * (uint)sizeof(T));
        }

        for (; i <= count - 4; i += 4)
        {
            Unsafe.CopyBlockUnaligned(to + i, from + i, 4 * (uint)sizeof(T));
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }
}

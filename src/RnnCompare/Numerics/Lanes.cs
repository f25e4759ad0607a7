using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics;

/// <summary>Runs element-wise kernels over whole vectors.</summary>
public static class Lanes
{
    /// <summary>Computes elements 0 to <paramref name="length"/> − 1: with the widest vectors of this machine, then narrower ones for what remains.</summary>
    /// <param name="kernel">The computation. It must not depend on the order of the elements, and bounds are not checked.</param>
    /// <param name="length">The number of elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TKernel>(ref TKernel kernel, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, ILaneKernel<T>, allows ref struct
    {
        var offset = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; offset <= length - Vector512<T>.Count; offset += Vector512<T>.Count)
            {
                kernel.Invoke<Lane512<T>>((nuint)offset);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; offset <= length - Vector256<T>.Count; offset += Vector256<T>.Count)
            {
                kernel.Invoke<Lane256<T>>((nuint)offset);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; offset <= length - Vector128<T>.Count; offset += Vector128<T>.Count)
            {
                kernel.Invoke<Lane128<T>>((nuint)offset);
            }
        }

        for (; offset < length; offset++)
        {
            kernel.Invoke<ScalarLane<T>>((nuint)offset);
        }
    }

    /// <summary>The number of elements in the widest lane of this machine.</summary>
    internal static int WidestCount<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector512.IsHardwareAccelerated ? Vector512<T>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<T>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<T>.Count
        : 1;
}

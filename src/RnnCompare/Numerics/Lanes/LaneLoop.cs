using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics.Lanes;

/// <summary>Runs element-wise kernels over whole vectors.</summary>
public static class LaneLoop
{
    /// <summary>Computes elements 0 to <paramref name="length"/> − 1: with the widest vectors of this machine, then narrower ones for what remains.</summary>
    /// <param name="kernel">The computation. It must not depend on the order of the elements, and bounds are not checked.</param>
    /// <param name="length">The number of elements.</param>
    public static void Run<T, TKernel>(ref TKernel kernel, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, ILaneKernel<T>, allows ref struct
    {
        var offset = 0;
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count)
        {
            offset = Run<T, TKernel, Lane512<T>>(ref kernel, offset, length);
        }

        if (Vector256.IsHardwareAccelerated && length - offset >= Vector256<T>.Count)
        {
            offset = Run<T, TKernel, Lane256<T>>(ref kernel, offset, length);
        }

        if (Vector128.IsHardwareAccelerated && length - offset >= Vector128<T>.Count)
        {
            offset = Run<T, TKernel, Lane128<T>>(ref kernel, offset, length);
        }

        if (offset < length)
        {
            Run<T, TKernel, ScalarLane<T>>(ref kernel, offset, length);
        }
    }

    /// <summary>Invokes a kernel once, with the widest lane of this machine.</summary>
    internal static void RunWidest<T, TKernel>(ref TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, ILaneKernel<T>, allows ref struct => Run<T, TKernel>(ref kernel, WidestCount<T>());

    /// <summary>The number of elements in the widest lane of this machine.</summary>
    internal static int WidestCount<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector512.IsHardwareAccelerated ? Vector512<T>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<T>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<T>.Count
        : 1;

    // Compiled once and fully: compiled from the profile of its first runs, a kernel can lose most of its speed to calls that were not inlined.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Run<T, TKernel, TLane>(ref TKernel kernel, int offset, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, ILaneKernel<T>, allows ref struct
        where TLane : struct, ILane<TLane, T>
    {
        for (; offset <= length - TLane.Count; offset += TLane.Count)
        {
            kernel.Invoke<TLane>((nuint)offset);
        }

        return offset;
    }
}

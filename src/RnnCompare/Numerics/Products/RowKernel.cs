using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>The innermost loop of a product with a single row.</summary>
/// <remarks>
/// A chain of multiply-adds waits for its own result; one panel has too few chains to fill the waiting, so the row goes
/// along up to three panels at once.
/// </remarks>
internal static unsafe class RowKernel
{
    /// <summary>destination = a · b, or start + a · b, for up to two full panels and a last one, which has memory of its own.</summary>
    /// <param name="a">The first element of the row (<paramref name="length"/>).</param>
    /// <param name="aColumn">The distance between its elements.</param>
    /// <param name="first">The first panel (<paramref name="length"/>, width).</param>
    /// <param name="second">The second panel.</param>
    /// <param name="last">The last panel.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="start">Where the sums of the full panels start from; null for zeros.</param>
    /// <param name="lastStart">Where those of the last panel start from; null for zeros.</param>
    /// <param name="destination">The results of the full panels, side by side.</param>
    /// <param name="lastDestination">The results of the last panel.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<TFirst, TSecond, TLast, TLane, T>(
        T* a, nint aColumn, T* first, T* second, T* last, nint length, T* start, T* lastStart, T* destination, T* lastDestination)
        where TFirst : struct, ITileRow<TFirst, TLane, T>
        where TSecond : struct, ITileRow<TSecond, TLane, T>
        where TLast : struct, ITileRow<TLast, TLane, T>
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TFirst firstSum = default;
        TSecond secondSum = default;
        TLast lastSum = default;
        if (start != null)
        {
            firstSum = TFirst.Load(start);
            secondSum = TSecond.Load(start + TFirst.Width);
            lastSum = TLast.Load(lastStart);
        }

        for (var end = last + (length * TLast.Width); last < end; last += TLast.Width)
        {
            var scale = TLane.Create(*a);
            firstSum = TFirst.AddScaled(scale, TFirst.Load(first), firstSum);
            secondSum = TSecond.AddScaled(scale, TSecond.Load(second), secondSum);
            lastSum = TLast.AddScaled(scale, TLast.Load(last), lastSum);
            first += TFirst.Width;
            second += TSecond.Width;
            a += aColumn;
        }

        firstSum.Store(destination);
        secondSum.Store(destination + TFirst.Width);
        lastSum.Store(lastDestination);
    }
}

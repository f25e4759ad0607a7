using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>The innermost loop of every product.</summary>
internal static unsafe class TileKernel
{
    /// <summary>destination = a · b, or start + a · b, for a destination of one tile.</summary>
    /// <param name="a">The element (0, 0) of the left operand (height, <paramref name="length"/>).</param>
    /// <param name="aRow">The distance between its rows.</param>
    /// <param name="aColumn">The distance between its columns.</param>
    /// <param name="b">The right operand (<paramref name="length"/>, width), packed: one row after the other.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="start">The element (0, 0) of what the sums start from; null for zeros.</param>
    /// <param name="startStride">The distance between its rows; its columns lie side by side.</param>
    /// <param name="destination">The element (0, 0) of the result.</param>
    /// <param name="stride">The distance between the rows of the result; its columns lie side by side.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<TTile, TRow, TLane, T>(T* a, nint aRow, nint aColumn, T* b, nint length, T* start, nint startStride, T* destination, nint stride)
        where TTile : struct, ITile<TTile, TRow, T>
        where TRow : struct, ITileRow<TRow, TLane, T>
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TTile sum = default;
        if (start != null)
        {
            sum = TTile.Load(start, startStride);
        }

        for (var end = b + (length * TRow.Width); b < end; b += TRow.Width)
        {
            sum = TTile.AddOuterProduct(a, aRow, TRow.Load(b), sum);
            a += aColumn;
        }

        sum.Store(destination, stride);
    }
}

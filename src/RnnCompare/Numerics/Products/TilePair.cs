using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Products;

/// <summary>Two equal tiles, one above the other.</summary>
internal readonly unsafe struct TilePair<TTile, TRow, T>(TTile top, TTile bottom) : ITile<TilePair<TTile, TRow, T>, TRow, T>
    where TTile : struct, ITile<TTile, TRow, T>
    where TRow : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TTile _top = top;
    private readonly TTile _bottom = bottom;

    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TTile.Height;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TilePair<TTile, TRow, T> Load(T* source, nint stride) =>
        new(TTile.Load(source, stride), TTile.Load(source + (TTile.Height * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride)
    {
        _top.Store(destination, stride);
        _bottom.Store(destination + (TTile.Height * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TilePair<TTile, TRow, T> AddOuterProduct(T* column, nint stride, TRow row, TilePair<TTile, TRow, T> sum) =>
        new(TTile.AddOuterProduct(column, stride, row, sum._top), TTile.AddOuterProduct(column + (TTile.Height * stride), stride, row, sum._bottom));
}

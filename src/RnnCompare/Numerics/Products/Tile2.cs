using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A tile of two rows.</summary>
internal readonly unsafe struct Tile2<TRow, TLane, T>(TRow first, TRow second) : ITile<Tile2<TRow, TLane, T>, TRow, T>
    where TRow : struct, ITileRow<TRow, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TRow _first = first;
    private readonly TRow _second = second;

    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<TRow, TLane, T> Load(T* source, nint stride) =>
        new(TRow.Load(source), TRow.Load(source + stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride)
    {
        _first.Store(destination);
        _second.Store(destination + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<TRow, TLane, T> AddOuterProduct(T* column, nint stride, TRow row, Tile2<TRow, TLane, T> sum) =>
        new(
            TRow.AddScaled(TLane.Create(*column), row, sum._first),
            TRow.AddScaled(TLane.Create(*(column + stride)), row, sum._second));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A tile of four rows.</summary>
internal readonly unsafe struct Tile4<TRow, TLane, T>(TRow first, TRow second, TRow third, TRow fourth) : ITile<Tile4<TRow, TLane, T>, TRow, T>
    where TRow : struct, ITileRow<TRow, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TRow _first = first;
    private readonly TRow _second = second;
    private readonly TRow _third = third;
    private readonly TRow _fourth = fourth;

    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<TRow, TLane, T> Load(T* source, nint stride) =>
        new(TRow.Load(source), TRow.Load(source + stride), TRow.Load(source + (2 * stride)), TRow.Load(source + (3 * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride)
    {
        _first.Store(destination);
        _second.Store(destination + stride);
        _third.Store(destination + (2 * stride));
        _fourth.Store(destination + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<TRow, TLane, T> AddOuterProduct(T* column, nint stride, TRow row, Tile4<TRow, TLane, T> sum) =>
        new(
            TRow.AddScaled(TLane.Create(*column), row, sum._first),
            TRow.AddScaled(TLane.Create(*(column + stride)), row, sum._second),
            TRow.AddScaled(TLane.Create(*(column + (2 * stride))), row, sum._third),
            TRow.AddScaled(TLane.Create(*(column + (3 * stride))), row, sum._fourth));
}

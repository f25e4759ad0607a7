using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>A tile of one row.</summary>
internal readonly unsafe struct Tile1<TRow, TLane, T>(TRow first) : ITile<Tile1<TRow, TLane, T>, TRow, T>
    where TRow : struct, ITileRow<TRow, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TRow _first = first;

    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<TRow, TLane, T> Load(T* source, nint stride) =>
        new(TRow.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride)
    {
        _first.Store(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<TRow, TLane, T> AddOuterProduct(T* column, nint stride, TRow row, Tile1<TRow, TLane, T> sum) =>
        new(TRow.AddScaled(TLane.Create(*column), row, sum._first));
}

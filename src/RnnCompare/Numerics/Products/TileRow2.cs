using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A row of two lanes.</summary>
internal readonly unsafe struct TileRow2<TLane, T>(TLane first, TLane second) : ITileRow<TileRow2<TLane, T>, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLane _first = first;
    private readonly TLane _second = second;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TLane.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow2<TLane, T> Load(T* source) =>
        new(TLane.Load(ref *source, 0), TLane.Load(ref *source, (nuint)TLane.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination)
    {
        _first.Store(ref *destination, 0);
        _second.Store(ref *destination, (nuint)TLane.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow2<TLane, T> AddScaled(TLane scale, TileRow2<TLane, T> row, TileRow2<TLane, T> sum) =>
        new(TLane.MultiplyAdd(scale, row._first, sum._first), TLane.MultiplyAdd(scale, row._second, sum._second));
}

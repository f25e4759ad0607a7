using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A row of three lanes.</summary>
internal readonly unsafe struct TileRow3<TLane, T>(TLane first, TLane second, TLane third) : ITileRow<TileRow3<TLane, T>, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLane _first = first;
    private readonly TLane _second = second;
    private readonly TLane _third = third;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3 * TLane.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow3<TLane, T> Load(T* source) =>
        new(TLane.Load(ref *source, 0), TLane.Load(ref *source, (nuint)TLane.Count), TLane.Load(ref *source, (nuint)(2 * TLane.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination)
    {
        _first.Store(ref *destination, 0);
        _second.Store(ref *destination, (nuint)TLane.Count);
        _third.Store(ref *destination, (nuint)(2 * TLane.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow3<TLane, T> AddScaled(TLane scale, TileRow3<TLane, T> row, TileRow3<TLane, T> sum) =>
        new(TLane.MultiplyAdd(scale, row._first, sum._first), TLane.MultiplyAdd(scale, row._second, sum._second), TLane.MultiplyAdd(scale, row._third, sum._third));
}

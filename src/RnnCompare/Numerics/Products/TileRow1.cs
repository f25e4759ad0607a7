using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A row of one lane.</summary>
internal readonly unsafe struct TileRow1<TLane, T>(TLane first) : ITileRow<TileRow1<TLane, T>, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLane _first = first;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLane.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow1<TLane, T> Load(T* source) =>
        new(TLane.Load(ref *source, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination)
    {
        _first.Store(ref *destination, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow1<TLane, T> AddScaled(TLane scale, TileRow1<TLane, T> row, TileRow1<TLane, T> sum) =>
        new(TLane.MultiplyAdd(scale, row._first, sum._first));
}

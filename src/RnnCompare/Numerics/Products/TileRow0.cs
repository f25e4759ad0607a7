using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A row of no lane: what <see cref="RowKernel"/> puts where a panel is missing.</summary>
internal readonly unsafe struct TileRow0<TLane, T> : ITileRow<TileRow0<TLane, T>, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow0<TLane, T> Load(T* source) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow0<TLane, T> AddScaled(TLane scale, TileRow0<TLane, T> row, TileRow0<TLane, T> sum) => default;
}

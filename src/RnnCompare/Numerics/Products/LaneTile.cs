using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>The smallest tile: one row, one lane wide.</summary>
internal readonly unsafe struct LaneTile<TLane, T>(TLane lane) : ITile<LaneTile<TLane, T>, LaneTile<TLane, T>, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLane _lane = lane;

    public static int Height => 1;

    public static int Width => TLane.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneTile<TLane, T> Load(T* source, nint stride) => new(TLane.Load(ref *source, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride) => _lane.Store(ref *destination, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneTile<TLane, T> AddOuterProduct(T* column, nint stride, LaneTile<TLane, T> row, LaneTile<TLane, T> sum) =>
        new(TLane.MultiplyAdd(TLane.Create(*column), row._lane, sum._lane));
}

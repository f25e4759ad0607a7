using System.Numerics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>One row of a register tile: some lanes side by side.</summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
/// <typeparam name="TLane">The lanes.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe interface ITileRow<TSelf, TLane, T>
    where TSelf : struct, ITileRow<TSelf, TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of elements.</summary>
    static abstract int Width { get; }

    /// <summary>Reads a row.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>Writes the row.</summary>
    void Store(T* destination);

    /// <summary>sum + scale · row, where scale holds one value in every element.</summary>
    static abstract TSelf AddScaled(TLane scale, TSelf row, TSelf sum);
}

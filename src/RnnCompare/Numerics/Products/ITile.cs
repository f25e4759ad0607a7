using System.Numerics;

namespace RnnCompare.Numerics;

/// <summary>A block of a product's result that stays in registers while k runs.</summary>
/// <typeparam name="TSelf">The tile type itself.</typeparam>
/// <typeparam name="TRow">One row of the tile, as it is read from the right operand.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Tiles are built from lanes: <see cref="LaneTile{TLane, T}"/> is one, <see cref="Beside{TLeft, TRight, T}"/> and
/// <see cref="Stack{TTile, TRow, T}"/> put tiles side by side and above each other. The JIT takes the nested structs
/// apart and keeps every lane in a register of its own, so <see cref="TileKernel"/> is one loop for every size.
/// </remarks>
internal unsafe interface ITile<TSelf, TRow, T>
    where TSelf : struct, ITile<TSelf, TRow, T>
    where TRow : struct, ITile<TRow, TRow, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of rows.</summary>
    static abstract int Height { get; }

    /// <summary>The number of columns.</summary>
    static abstract int Width { get; }

    /// <summary>Reads a tile whose rows begin <paramref name="stride"/> elements apart.</summary>
    static abstract TSelf Load(T* source, nint stride);

    /// <summary>Writes the tile to rows that begin <paramref name="stride"/> elements apart.</summary>
    void Store(T* destination, nint stride);

    /// <summary>sum + column · row, where the elements of the column lie <paramref name="stride"/> elements apart.</summary>
    static abstract TSelf AddOuterProduct(T* column, nint stride, TRow row, TSelf sum);
}

using System.Numerics;

namespace RnnCompare.Numerics.Products;

/// <summary>A block of a product's result that stays in registers while k runs.</summary>
/// <typeparam name="TSelf">The tile type itself.</typeparam>
/// <typeparam name="TRow">One row of the tile, as it is read from the right operand.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Tiles are nested structs: rows of one to three lanes, and two, four or eight (two times four) of them above
/// each other. The JIT takes the structs apart and keeps every lane in a register of its own, so that
/// <see cref="TileKernel"/> is one loop for every size of tile, vector width and element type.
/// </remarks>
internal unsafe interface ITile<TSelf, TRow, T>
    where TSelf : struct, ITile<TSelf, TRow, T>
    where TRow : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of rows.</summary>
    static abstract int Height { get; }

    /// <summary>Reads a tile whose rows begin <paramref name="stride"/> elements apart.</summary>
    static abstract TSelf Load(T* source, nint stride);

    /// <summary>Writes the tile to rows that begin <paramref name="stride"/> elements apart.</summary>
    void Store(T* destination, nint stride);

    /// <summary>sum + column · row, where the elements of the column lie <paramref name="stride"/> elements apart.</summary>
    static abstract TSelf AddOuterProduct(T* column, nint stride, TRow row, TSelf sum);
}

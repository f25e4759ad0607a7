namespace RnnCompare.Numerics;

/// <summary>Pinned matrix memory inside a product: an element's address, and the distances to the next row and column.</summary>
internal readonly unsafe struct Strided<T>(T* origin, nint row, nint column)
    where T : unmanaged
{
    /// <summary>The element (0, 0).</summary>
    public readonly T* Origin = origin;

    /// <summary>The distance from one row to the next.</summary>
    public readonly nint Row = row;

    /// <summary>The distance from one column to the next.</summary>
    public readonly nint Column = column;

    /// <summary>The part that begins at a row and a column.</summary>
    public Strided<T> From(nint row, nint column) => new(Origin + (row * Row) + (column * Column), Row, Column);
}

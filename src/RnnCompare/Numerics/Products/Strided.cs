namespace RnnCompare.Numerics.Products;

/// <summary>A matrix of raw memory: its element (0, 0), and the distances to the next row and column.</summary>
internal readonly unsafe struct Strided<T>(T* origin, nint row, nint column)
    where T : unmanaged
{
    /// <summary>The element (0, 0).</summary>
    public readonly T* Origin = origin;

    /// <summary>The distance from one row to the next.</summary>
    public readonly nint Row = row;

    /// <summary>The distance from one column to the next.</summary>
    public readonly nint Column = column;

    /// <summary>Whether this is no memory, but a matrix of zeros: the default value.</summary>
    public bool IsZero => Origin == null;

    /// <summary>The part that begins at a row and a column.</summary>
    public Strided<T> From(nint row, nint column) => IsZero ? this : new(Origin + (row * Row) + (column * Column), Row, Column);

    /// <summary>Copies the first rows and columns.</summary>
    public void CopyTo(Strided<T> destination, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            var from = Origin + (row * Row);
            var to = destination.Origin + (row * destination.Row);
            if (Column == 1 && destination.Column == 1)
            {
                ShortCopy.Run(from, to, columns);
                continue;
            }

            for (var column = 0; column < columns; column++)
            {
                *to = *from;
                from += Column;
                to += destination.Column;
            }
        }
    }
}

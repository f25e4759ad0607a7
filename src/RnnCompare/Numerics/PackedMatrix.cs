namespace RnnCompare.Numerics;

/// <summary>A right-hand operand laid out once for many products; packing again reuses the memory.</summary>
public sealed class PackedMatrix<T>
    where T : unmanaged
{
    private T[] _data = [];

    /// <summary>The number of rows of the packed matrix.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns of the packed matrix.</summary>
    public int Columns { get; private set; }

    internal MatrixView<T> View => new(_data, Rows, Columns);

    /// <summary>Copies a matrix in; allocates only where it is larger than every one before.</summary>
    public void Pack(MatrixView<T> matrix)
    {
        var length = matrix.Rows * matrix.Columns;
        if (_data.Length < length)
        {
            _data = new T[length];
        }

        (Rows, Columns) = (matrix.Rows, matrix.Columns);
        var view = View;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                view[row, column] = matrix[row, column];
            }
        }
    }
}

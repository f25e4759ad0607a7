using System.Numerics;

namespace RnnCompare.Numerics;

/// <summary>Operations between a matrix and one row or column sum: biases and their gradients.</summary>
public static class MatrixRows
{
    /// <summary>Writes the same row into every row: <c>destination[i] = row</c>.</summary>
    /// <param name="row">(n).</param>
    /// <param name="destination">(m, n), columns side by side.</param>
    public static void Broadcast<T>(ReadOnlySpan<T> row, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckLength(row.Length, destination.Columns, nameof(row));
        for (var i = 0; i < destination.Rows; i++)
        {
            row.CopyTo(destination.Row(i));
        }
    }

    /// <summary>Adds the same row to every row: <c>destination[i] += row</c>.</summary>
    /// <param name="row">(n).</param>
    /// <param name="destination">(m, n), columns side by side.</param>
    public static void AddBroadcast<T>(ReadOnlySpan<T> row, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckLength(row.Length, destination.Columns, nameof(row));
        for (var i = 0; i < destination.Rows; i++)
        {
            AddKernel<T>.Run(row, destination.Row(i), destination.Row(i));
        }
    }

    /// <summary>Adds the sum of every column, in the order of the rows: <c>destination[j] += Σᵢ matrix[i, j]</c>.</summary>
    /// <param name="matrix">(m, n), columns side by side.</param>
    /// <param name="destination">(n).</param>
    public static void AddColumnSums<T>(MatrixView<T> matrix, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckLength(destination.Length, matrix.Columns, nameof(destination));
        for (var i = 0; i < matrix.Rows; i++)
        {
            AddKernel<T>.Run(destination, matrix.Row(i), destination);
        }
    }

    private static void CheckLength(int length, int columns, string name)
    {
        if (length != columns)
        {
            throw new ArgumentException($"{name} has {length} elements, but the matrix has {columns} columns.", name);
        }
    }
}

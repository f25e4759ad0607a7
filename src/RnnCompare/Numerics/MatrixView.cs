using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnCompare.Numerics;

/// <summary>A matrix over memory that belongs to someone else, with any row and column stride: slices and transposes cost nothing.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly ref struct MatrixView<T>
    where T : unmanaged
{
    private readonly ref T _origin;

    /// <summary>Sees dense row-major memory as a matrix.</summary>
    /// <param name="data">At least <paramref name="rows"/> · <paramref name="columns"/> elements.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is too short.</exception>
    public MatrixView(Span<T> data, int rows, int columns)
        : this(data, rows, columns, columns)
    {
    }

    /// <summary>Sees row-major memory, whose rows begin <paramref name="rowStride"/> elements apart, as a matrix.</summary>
    /// <param name="data">The memory, beginning at the element (0, 0).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rowStride">The distance from one row to the next; at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is too short.</exception>
    public MatrixView(Span<T> data, int rows, int columns, int rowStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowStride, columns);
        var needed = rows == 0 ? 0 : ((long)(rows - 1) * rowStride) + columns;
        if (data.Length < needed)
        {
            throw new ArgumentException($"data has {data.Length} elements, but {rows} rows of {columns} columns, {rowStride} apart, need {needed}.", nameof(data));
        }

        _origin = ref MemoryMarshal.GetReference(data);
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = 1;
    }

    private MatrixView(ref T origin, int rows, int columns, int rowStride, int columnStride)
    {
        _origin = ref origin;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Sees some rows of an array that are known to lie in it: nothing is checked.</summary>
    internal static MatrixView<T> Within(NdArray<T> array, int start, int count)
    {
        ref var origin = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array.Data), (nint)start * array.Columns);
        return new(ref origin, count, array.Columns, array.Columns, 1);
    }

    /// <summary>Sees one row as a matrix in which it stands again and again; to be read only.</summary>
    internal static MatrixView<T> Repeated(ReadOnlySpan<T> row, int rows) => new(ref MemoryMarshal.GetReference(row), rows, row.Length, 0, 1);

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance in elements from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>The distance in elements from one column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>The same elements with rows and columns exchanged.</summary>
    public MatrixView<T> Transposed => new(ref _origin, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The element (0, 0); a null reference where the matrix is empty.</summary>
    internal ref T Origin => ref _origin;

    /// <summary>The element at a row and a column.</summary>
    public ref T this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return ref Unsafe.Add(ref _origin, ((nint)row * RowStride) + ((nint)column * ColumnStride));
        }
    }

    /// <summary>Some successive rows.</summary>
    public MatrixView<T> RowRange(int start, int count)
    {
        CheckRange(start, count, Rows);
        return new(ref Unsafe.Add(ref _origin, (nint)start * RowStride), count, Columns, RowStride, ColumnStride);
    }

    /// <summary>Some successive columns.</summary>
    public MatrixView<T> ColumnRange(int start, int count)
    {
        CheckRange(start, count, Columns);
        return new(ref Unsafe.Add(ref _origin, (nint)start * ColumnStride), Rows, count, RowStride, ColumnStride);
    }

    /// <summary>One row as a span.</summary>
    /// <exception cref="InvalidOperationException">The columns do not lie side by side.</exception>
    public Span<T> Row(int row)
    {
        if (ColumnStride != 1)
        {
            throw new InvalidOperationException($"The columns lie {ColumnStride} elements apart; a row is a span only where they lie side by side.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _origin, (nint)row * RowStride), Columns);
    }

    /// <summary>Copies every element into a matrix of the same size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyTo(MatrixView<T> destination)
    {
        if ((destination.Rows, destination.Columns) != (Rows, Columns))
        {
            throw new ArgumentException($"destination is {destination.Rows} × {destination.Columns}, but {Rows} × {Columns} is copied.", nameof(destination));
        }

        for (var row = 0; row < Rows; row++)
        {
            if (ColumnStride == 1 && destination.ColumnStride == 1)
            {
                Row(row).CopyTo(destination.Row(row));
                continue;
            }

            for (nint column = 0; column < Columns; column++)
            {
                Unsafe.Add(ref destination._origin, (row * (nint)destination.RowStride) + (column * destination.ColumnStride)) =
                    Unsafe.Add(ref _origin, (row * (nint)RowStride) + (column * ColumnStride));
            }
        }
    }

    /// <summary>Writes zeros into every row.</summary>
    /// <exception cref="InvalidOperationException">The columns do not lie side by side.</exception>
    public void Clear()
    {
        for (var row = 0; row < Rows; row++)
        {
            Row(row).Clear();
        }
    }

    private static void CheckRange(int start, int count, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length - start);
    }
}

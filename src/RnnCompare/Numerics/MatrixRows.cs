using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics;

/// <summary>Operations between a matrix and one row or column sum: biases and their gradients.</summary>
public static class MatrixRows
{
    // Elements that a part should have at least.
    private const int PartSize = 1 << 20;

    // Rows that are summed in registers: so few that each of their pages is still at hand for the next columns.
    private const int RowsOfSum = 32;

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

    /// <summary>Adds the sum of every column, in the order of the rows: <c>destination[j] += Σᵢ matrix[i, j]</c>.</summary>
    /// <param name="matrix">(m, n), columns side by side.</param>
    /// <param name="destination">(n).</param>
    /// <param name="workers">Threads to share the columns of a large matrix; null sums on the calling one.</param>
    public static void AddColumnSums<T>(MatrixView<T> matrix, Span<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckLength(destination.Length, matrix.Columns, nameof(destination));
        var parts = workers?.PartsFor((long)matrix.Rows * matrix.Columns, PartSize) ?? 1;
        var sums = new ColumnSums<T>(matrix, destination, parts);
        if (parts == 1)
        {
            sums.AddPart(0);
        }
        else
        {
            workers!.Run(parts, ref sums, static (ref ColumnSums<T> sums, int part) => sums.AddPart(part));
        }
    }

    private static void CheckLength(int length, int columns, string name)
    {
        if (length != columns)
        {
            throw new ArgumentException($"{name} has {length} elements, but the matrix has {columns} columns.", name);
        }
    }

    private readonly ref struct ColumnSums<T>(MatrixView<T> matrix, Span<T> destination, int parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly MatrixView<T> _matrix = matrix;
        private readonly Span<T> _destination = destination;

        public void AddPart(int part)
        {
            var (start, count) = Workers.Share(_matrix.Columns, part, parts);
            for (var row = 0; row < _matrix.Rows; row += RowsOfSum)
            {
                var rows = _matrix.RowRange(row, Math.Min(RowsOfSum, _matrix.Rows - row)).ColumnRange(start, count);
                var sum = new SumOfRows<T>(rows, _destination.Slice(start, count));
                LaneLoop.Run<T, SumOfRows<T>>(ref sum, count);
            }
        }
    }

    private readonly ref struct SumOfRows<T>(MatrixView<T> matrix, Span<T> destination) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _rows = matrix.Rows;
        private readonly nuint _stride = (nuint)matrix.RowStride;
        private readonly ref T _matrix = ref matrix.Origin;
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var sum = TLane.Load(ref _destination, j);
            for (var i = 0; i < _rows; i++)
            {
                sum += TLane.Load(ref _matrix, ((nuint)i * _stride) + j);
            }

            sum.Store(ref _destination, j);
        }
    }
}

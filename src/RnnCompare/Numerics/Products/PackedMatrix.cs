using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A right-hand operand laid out once for many products; packing again reuses the memory.</summary>
public sealed unsafe class PackedMatrix<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Pinned, so that the panels stay where a cache line begins.
    private T[] _memory = GC.AllocateUninitializedArray<T>(CacheLine.Slack<T>(), pinned: true);

    /// <summary>The number of rows of the packed matrix.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns of the packed matrix.</summary>
    public int Columns { get; private set; }

    /// <summary>The panels; valid while this object is alive.</summary>
    internal T* Data => CacheLine.Align((T*)Unsafe.AsPointer(ref _memory[0]));

    /// <summary>Copies a matrix in; allocates only where it is larger than every one before.</summary>
    public void Pack(MatrixView<T> matrix)
    {
        var lane = LaneLoop.WidestCount<T>();
        var length = Panels.Length(matrix.Rows, matrix.Columns, lane) + CacheLine.Slack<T>();
        if (_memory.Length < length)
        {
            _memory = GC.AllocateUninitializedArray<T>(length, pinned: true);
        }

        (Rows, Columns) = (matrix.Rows, matrix.Columns);
        fixed (T* origin = &matrix.Origin)
        {
            Panels.Pack(new(origin, matrix.RowStride, matrix.ColumnStride), Rows, Columns, lane, Data);
        }
    }
}

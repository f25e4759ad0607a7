using System.Buffers;
using System.Numerics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>A product of shapes that fit, which workers share: each computes some rows and columns of the destination.</summary>
internal unsafe ref struct SharedProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Multiply-adds that a part should have at least: fewer take less time than it takes to wake a thread.
    private const long PartSize = 1 << 23;

    // Parts that a thread gets at most where they cost nothing: one that was held up leaves its next to another.
    private const int PartsOfThread = 4;

    private Strided<T> _a;
    private Strided<T> _b;
    private Strided<T> _start;
    private Strided<T> _destination;
    private T* _panels; // b, where it is packed as a whole
    private int _rowParts;
    private int _columnParts;

    /// <summary>The left operand (m, k).</summary>
    public required MatrixView<T> A { get; init; }

    /// <summary>The right operand (k, n), where it is not packed.</summary>
    public MatrixView<T> B { get; init; }

    /// <summary>The right operand (k, n), where it is packed.</summary>
    public PackedMatrix<T>? PackedB { get; init; }

    /// <summary>What the sums start from: (m, n), which may be the destination, or the default value for zeros.</summary>
    public MatrixView<T> Start { get; init; }

    /// <summary>The result (m, n).</summary>
    public required MatrixView<T> Destination { get; init; }

    private readonly int Rows => Destination.Rows;

    private readonly int Columns => Destination.Columns;

    private readonly int Length => A.Columns;

    /// <summary>Computes the product.</summary>
    public void Run(Workers? workers)
    {
        fixed (T* a = &A.Origin, b = &B.Origin, start = &Start.Origin, destination = &Destination.Origin)
        {
            _a = new(a, A.RowStride, A.ColumnStride);
            _b = new(b, B.RowStride, B.ColumnStride);
            _start = new(start, Start.RowStride, Start.ColumnStride);
            _destination = new(destination, Destination.RowStride, Destination.ColumnStride);
            _panels = PackedB is null ? null : PackedB.Data;
            var usefulParts = (long)Rows * Columns * Length / PartSize;
            if (workers is null || workers.Count == 1 || usefulParts < 2)
            {
                (_rowParts, _columnParts) = (1, 1);
                RunPart(0);
            }
            else if (_panels == null && Length <= BlockedProduct<T>.BlockLength)
            {
                PackAndShare(workers, usefulParts);
            }
            else
            {
                Share(workers, usefulParts);
            }
        }

        GC.KeepAlive(PackedB);
    }

    private void PackAndShare(Workers workers, long usefulParts)
    {
        var lane = LaneLoop.WidestCount<T>();
        var scratch = ArrayPool<T>.Shared.Rent(Panels.Length(Length, Columns, lane) + CacheLine.Slack<T>());
        fixed (T* memory = scratch)
        {
            _panels = CacheLine.Align(memory);
            Panels.Pack(_b, Length, Columns, lane, _panels);
            Share(workers, usefulParts);
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private void Share(Workers workers, long usefulParts)
    {
        Cut((int)Math.Min(usefulParts, _panels == null ? workers.Count : workers.Count * PartsOfThread));
        workers.Run(_rowParts * _columnParts, ref this, static (ref SharedProduct<T> product, int part) => product.RunPart(part));
    }

    // Every part reads its rows of a and, where nobody did so before, packs its columns of b: the destination is cut so that this is least in all.
    private void Cut(int parts)
    {
        var least = double.PositiveInfinity;
        for (var rowParts = 1; rowParts <= parts; rowParts++)
        {
            var columnParts = parts / rowParts;
            var moved = ((double)columnParts * Rows) + (_panels == null ? (double)rowParts * Columns : 0);
            if (rowParts * columnParts == parts && moved < least)
            {
                (least, _rowParts, _columnParts) = (moved, rowParts, columnParts);
            }
        }
    }

    private readonly void RunPart(int part)
    {
        var (rowPart, columnPart) = int.DivRem(part, _columnParts);
        var lane = LaneLoop.WidestCount<T>();
        var (row, rows) = Range(rowPart, _rowParts, Rows, (Rows + Strips<T>.Height - 1) / Strips<T>.Height, Strips<T>.Height);
        var (column, columns) = Range(columnPart, _columnParts, Columns, Panels.Cuts(Columns, lane), Panels.MostLanes * lane);
        var (a, start, destination) = (_a.From(row, 0), _start.From(row, column), _destination.From(row, column));
        if (!start.IsZero && start.Column != 1)
        {
            start.CopyTo(destination, rows, columns);
            start = destination;
        }

        if (_panels != null)
        {
            Multiply(a, rows, Length, _panels + ((nint)column * Length), columns, start, destination);
        }
        else
        {
            PackAndMultiply(a, rows, _b.From(0, column), columns, start, destination);
        }
    }

    // Cuts are between strips or between panels.
    private static (int Start, int Count) Range(int part, int parts, int length, int cuts, int unit)
    {
        var start = Place(part);
        return (start, Place(part + 1) - start);

        int Place(int before) => before == parts ? length : (int)((long)cuts * before / parts * unit);
    }

    private readonly void PackAndMultiply(Strided<T> a, int rows, Strided<T> b, int columns, Strided<T> start, Strided<T> destination)
    {
        var lane = LaneLoop.WidestCount<T>();
        var block = Math.Clamp(Length, 1, BlockedProduct<T>.BlockLength);
        var scratch = ArrayPool<T>.Shared.Rent(Panels.Length(block, columns, lane) + CacheLine.Slack<T>());
        fixed (T* memory = scratch)
        {
            var panels = CacheLine.Align(memory);
            for (var k = 0; k == 0 || k < Length; k += block)
            {
                var terms = Math.Min(block, Length - k);
                Panels.Pack(b.From(k, 0), terms, columns, lane, panels);
                Multiply(a.From(0, k), rows, terms, panels, columns, k == 0 ? start : destination, destination);
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void Multiply(Strided<T> a, int rows, int length, T* panels, int columns, Strided<T> start, Strided<T> destination)
    {
        var product = new Product(a, rows, length, panels, columns, start, destination);
        LaneLoop.RunWidest<T, Product>(ref product);
    }

    private readonly struct Product(Strided<T> a, int rows, int length, T* panels, int columns, Strided<T> start, Strided<T> destination) : ILaneKernel<T>
    {
        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T> => BlockedProduct<T>.Run<TLane>(a, rows, length, panels, columns, start, destination);
    }
}

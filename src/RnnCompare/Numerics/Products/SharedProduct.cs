using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics;

/// <summary>A product of shapes that fit, which workers share: each computes some rows or some columns of the destination.</summary>
internal unsafe ref struct SharedProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Multiply-adds that a part should have at least: fewer take less time than it takes to wake a thread.
    private const long PartSize = 1 << 23;

    private int _parts;

    /// <summary>The left operand (m, k).</summary>
    public required MatrixView<T> A { get; init; }

    /// <summary>The right operand (k, n), where it is not packed.</summary>
    public MatrixView<T> B { get; init; }

    /// <summary>The right operand (k, n), where it is packed.</summary>
    public PackedMatrix<T>? PackedB { get; init; }

    /// <summary>The result (m, n).</summary>
    public required MatrixView<T> Destination { get; init; }

    /// <summary>Whether the sums start from the destination instead of from zero.</summary>
    public required bool Add { get; init; }

    /// <summary>Computes the product.</summary>
    public void Run(Workers? workers)
    {
        var size = (long)Destination.Rows * Destination.Columns * A.Columns;
        _parts = (int)Math.Clamp(size / PartSize, 1, workers?.Count ?? 1);
        if (_parts == 1)
        {
            RunPart(0);
        }
        else
        {
            workers!.Run(_parts, ref this, static (ref SharedProduct<T> product, int part) => product.RunPart(part));
        }
    }

    // The longer side is cut, between strips or between panels.
    private readonly void RunPart(int part)
    {
        if (Destination.Rows >= Destination.Columns)
        {
            var (start, count) = Range(part, Destination.Rows, Strips<T>.Height);
            Run(A.RowRange(start, count), 0, Destination.RowRange(start, count));
        }
        else
        {
            var (start, count) = Range(part, Destination.Columns, Panels.Lanes * Lanes.WidestCount<T>());
            Run(A, start, Destination.ColumnRange(start, count));
        }
    }

    private readonly (int Start, int Count) Range(int part, int length, int unit)
    {
        var units = (length + unit - 1) / unit;
        var start = (int)((long)units * part / _parts) * unit;
        var end = (int)Math.Min(length, (long)units * (part + 1) / _parts * unit);
        return (start, end - start);
    }

    private readonly void Run(MatrixView<T> a, int firstColumn, MatrixView<T> destination)
    {
        fixed (T* aOrigin = &a.Origin, destinationOrigin = &destination.Origin)
        {
            var left = new Strided<T>(aOrigin, a.RowStride, a.ColumnStride);
            var result = new Strided<T>(destinationOrigin, destination.RowStride, destination.ColumnStride);
            if (PackedB != null)
            {
                var panels = PackedB.Data + ((nint)firstColumn * a.Columns);
                Multiply(left, destination.Rows, a.Columns, panels, destination.Columns, result, Add);
                GC.KeepAlive(PackedB);
            }
            else
            {
                PackAndMultiply(left, B.ColumnRange(firstColumn, destination.Columns), destination.Rows, result);
            }
        }
    }

    private readonly void PackAndMultiply(Strided<T> a, MatrixView<T> b, int rows, Strided<T> destination)
    {
        var lane = Lanes.WidestCount<T>();
        var block = Math.Clamp(b.Rows, 1, BlockedProduct<T>.BlockLength);
        var scratch = ArrayPool<T>.Shared.Rent(Panels.Length(block, b.Columns, lane) + CacheLine.Slack<T>());
        fixed (T* origin = &b.Origin, memory = scratch)
        {
            var right = new Strided<T>(origin, b.RowStride, b.ColumnStride);
            var panels = CacheLine.Align(memory);
            for (var k = 0; k == 0 || k < b.Rows; k += block)
            {
                var terms = Math.Min(block, b.Rows - k);
                Panels.Pack(right.From(k, 0), terms, b.Columns, lane, panels);
                Multiply(a.From(0, k), rows, terms, panels, b.Columns, destination, Add || k > 0);
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void Multiply(Strided<T> a, int rows, int length, T* panels, int columns, Strided<T> destination, bool add)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane512<T>>(a, rows, length, panels, columns, destination, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane256<T>>(a, rows, length, panels, columns, destination, add);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane128<T>>(a, rows, length, panels, columns, destination, add);
        }
        else
        {
            BlockedProduct<T>.Run<ScalarLane<T>>(a, rows, length, panels, columns, destination, add);
        }
    }
}

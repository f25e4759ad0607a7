using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics;

/// <summary>Matrix products over views: one routine for every combination of transposes and strides.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds over ascending k, whatever the path, the vector width or the
/// number of threads: a product of some rows has the same bits as those rows of the whole product.
/// </remarks>
public static unsafe class MatrixProduct
{
    /// <summary>destination = a · b.</summary>
    /// <param name="a">(m, k).</param>
    /// <param name="b">(k, n).</param>
    /// <param name="destination">(m, n); shares no memory with the operands.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Product<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: false);

    /// <summary>destination += a · b; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T})"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: true);

    /// <summary>destination = a · b with b packed before; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T})"/>.</summary>
    public static void Product<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: false);

    /// <summary>destination += a · b with b packed before; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T})"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: true);

    private static void Run<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(b);
        CheckShapes(a, b.Rows, b.Columns, destination);
        fixed (T* aOrigin = &a.Origin, destinationOrigin = &destination.Origin)
        {
            RunPacked(Pinned(aOrigin, a), a.Rows, a.Columns, b.Data, b.Columns, Pinned(destinationOrigin, destination), add);
        }

        GC.KeepAlive(b);
    }

    private static void Run<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShapes(a, b.Rows, b.Columns, destination);
        if (destination.ColumnStride != 1 || (destination.RowStride == 1 && destination.Rows > 1))
        {
            // The lanes run along the side on which the elements of the destination lie side by side: (a·b)ᵀ = bᵀ·aᵀ.
            Run(b.Transposed, a.Transposed, destination.Transposed, add);
            return;
        }

        var block = Math.Clamp(a.Columns, 1, BlockedProduct<T>.BlockLength);
        var lane = Lanes.WidestCount<T>();
        var scratch = ArrayPool<T>.Shared.Rent(Panels.Length(block, b.Columns, lane) + CacheLine.Slack<T>());
        fixed (T* aOrigin = &a.Origin, bOrigin = &b.Origin, destinationOrigin = &destination.Origin, memory = scratch)
        {
            var packed = CacheLine.Align(memory);
            for (var k = 0; k == 0 || k < a.Columns; k += block)
            {
                var terms = Math.Min(block, a.Columns - k);
                Panels.Pack(Pinned(bOrigin, b).From(k, 0), terms, b.Columns, lane, packed);
                RunPacked(
                    Pinned(aOrigin, a).From(0, k), a.Rows, terms, packed, b.Columns, Pinned(destinationOrigin, destination), add || k > 0);
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void RunPacked<T>(Strided<T> a, int rows, int length, T* b, int columns, Strided<T> destination, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane512<T>>(a, rows, length, b, columns, destination, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane256<T>>(a, rows, length, b, columns, destination, add);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            BlockedProduct<T>.Run<Lane128<T>>(a, rows, length, b, columns, destination, add);
        }
        else
        {
            BlockedProduct<T>.Run<ScalarLane<T>>(a, rows, length, b, columns, destination, add);
        }
    }

    private static Strided<T> Pinned<T>(T* origin, MatrixView<T> view)
        where T : unmanaged => new(origin, view.RowStride, view.ColumnStride);

    private static void CheckShapes<T>(MatrixView<T> a, int bRows, int bColumns, MatrixView<T> destination)
        where T : unmanaged
    {
        if (a.Columns != bRows)
        {
            throw new ArgumentException($"a has {a.Columns} columns, but b has {bRows} rows.", nameof(a));
        }

        if (destination.Rows != a.Rows || destination.Columns != bColumns)
        {
            throw new ArgumentException($"destination is {destination.Rows} × {destination.Columns}, but the product is {a.Rows} × {bColumns}.", nameof(destination));
        }
    }
}

using System.Numerics;

namespace RnnCompare.Numerics;

/// <summary>Matrix products over views: one routine for every combination of transposes and strides.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds over ascending k, whatever the path, the vector width or the
/// number of threads: a product of some rows has the same bits as those rows of the whole product.
/// </remarks>
public static class MatrixProduct
{
    /// <summary>destination = a · b.</summary>
    /// <param name="a">(m, k).</param>
    /// <param name="b">(k, n).</param>
    /// <param name="destination">(m, n); shares no memory with the operands.</param>
    /// <param name="workers">Threads to share a large product; null computes on the calling one.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Product<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: false, workers);

    /// <summary>destination += a · b; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: true, workers);

    /// <summary>destination = a · b with b packed before; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void Product<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: false, workers);

    /// <summary>destination += a · b with b packed before; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, add: true, workers);

    private static void Run<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination, bool add, Workers? workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShapes(a, b.Rows, b.Columns, destination);
        if (destination.ColumnStride != 1 || (destination.RowStride == 1 && destination.Rows > 1))
        {
            // The lanes run along the side on which the elements of the destination lie side by side: (a·b)ᵀ = bᵀ·aᵀ.
            Run(b.Transposed, a.Transposed, destination.Transposed, add, workers);
            return;
        }

        var product = new SharedProduct<T> { A = a, B = b, Destination = destination, Add = add };
        product.Run(workers);
    }

    private static void Run<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, bool add, Workers? workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(b);
        CheckShapes(a, b.Rows, b.Columns, destination);
        var product = new SharedProduct<T> { A = a, PackedB = b, Destination = destination, Add = add };
        product.Run(workers);
    }

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

using System.Numerics;

namespace RnnCompare.Numerics.Products;

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
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, default, destination, workers);

    /// <summary>destination += a · b; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, destination, workers);

    /// <summary>destination = a · b + bias, the bias in every row.</summary>
    /// <param name="a">(m, k).</param>
    /// <param name="b">(k, n).</param>
    /// <param name="bias">(n); the sums start from it.</param>
    /// <param name="destination">(m, n); shares no memory with the others.</param>
    /// <param name="workers">Threads to share a large product; null computes on the calling one.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Product<T>(MatrixView<T> a, MatrixView<T> b, ReadOnlySpan<T> bias, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (bias.Length != b.Columns)
        {
            throw new ArgumentException($"bias has {bias.Length} elements, but b has {b.Columns} columns.", nameof(bias));
        }

        Run(a, b, MatrixView<T>.Repeated(bias, a.Rows), destination, workers);
    }

    /// <summary>destination = a · b with b packed before, the destination's columns side by side; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void Product<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, default, destination, workers);

    /// <summary>destination += a · b with b packed before, the destination's columns side by side; shapes as in <see cref="Product{T}(MatrixView{T}, MatrixView{T}, MatrixView{T}, Workers)"/>.</summary>
    public static void AddProduct<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> destination, Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(a, b, destination, destination, workers);

    private static void Run<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> start, MatrixView<T> destination, Workers? workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShapes(a, b.Rows, b.Columns, destination);
        if (destination.ColumnStride != 1 || (destination.RowStride == 1 && destination.Rows > 1))
        {
            // The lanes run along the side on which the elements of the destination lie side by side: (a·b)ᵀ = bᵀ·aᵀ.
            Run(b.Transposed, a.Transposed, start.Transposed, destination.Transposed, workers);
            return;
        }

        var product = new SharedProduct<T> { A = a, B = b, Start = start, Destination = destination };
        product.Run(workers);
    }

    private static void Run<T>(MatrixView<T> a, PackedMatrix<T> b, MatrixView<T> start, MatrixView<T> destination, Workers? workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(b);
        if (destination.ColumnStride != 1)
        {
            throw new ArgumentException($"The columns of destination lie {destination.ColumnStride} elements apart, but must lie side by side where b is packed.", nameof(destination));
        }

        CheckShapes(a, b.Rows, b.Columns, destination);
        var product = new SharedProduct<T> { A = a, PackedB = b, Start = start, Destination = destination };
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


namespace RnnCompare.Numerics.Products;

/// <summary>Writes rows as a lower-triangular matrix times orthonormal rows: A = L·Q, the QR decomposition of Aᵀ.</summary>
/// <remarks>
/// Gram and Schmidt's process, twice for each row: the second pass takes away what rounding left of the first, and that is
/// enough (Giraud et al. 2005). L has a positive diagonal, so that it and Q are unique.
/// </remarks>
public static class RowFactorization
{
    private const int Passes = 2;

    /// <summary>Makes rows orthonormal in place.</summary>
    /// <param name="rows">(k, n) with k ≤ n; A, overwritten by Q.</param>
    /// <param name="triangle">(k, k); L, overwritten. Null where it is not wanted.</param>
    /// <remarks>A row that depends on those before it, to rounding, becomes zeros, with a zero on the diagonal.</remarks>
    public static void Orthonormalize(NdArray<double> rows, NdArray<double>? triangle = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        triangle?.Span.Clear();
        var noise = rows.Columns * Math.Pow(2, -52);
        var sums = new double[rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
        {
            var before = rows.View().RowRange(0, i);
            var row = rows.View().RowRange(i, 1);
            var projection = new MatrixView<double>(sums, 1, i);
            var length = Vectors.Norm<double>(rows.Row(i));
            for (var pass = 0; pass < Passes; pass++)
            {
                MatrixProduct.Product(row, before.Transposed, projection);
                if (triangle is not null)
                {
                    Vectors.Add<double>(projection.Row(0), triangle.Row(i)[..i]);
                }

                Vectors.Multiply(projection.Row(0), -1);
                MatrixProduct.AddProduct(projection, before, row);
            }

            var norm = Vectors.Norm<double>(rows.Row(i));
            norm = norm > noise * length ? norm : 0;
            Vectors.Multiply(rows.Row(i), norm > 0 ? 1 / norm : 0);
            if (triangle is not null)
            {
                triangle[i, i] = norm;
            }
        }
    }
}

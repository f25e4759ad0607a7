using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Models.Initialization;

/// <summary>An orthogonal matrix times the scale; of a matrix that is not square, the rows or the columns, whichever are fewer, are orthonormal.</summary>
/// <remarks>
/// Saxe, McClelland &amp; Ganguli 2014. Gram and Schmidt's process on a matrix of normal values: its triangular factor has a
/// positive diagonal, so that every orthogonal matrix is equally likely (Mezzadri 2007).
/// </remarks>
public sealed record OrthogonalInitializer() : MatrixInitializer(scale: 1)
{
    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random)
    {
        if (block.Rows > block.Columns)
        {
            return OrthonormalRows(block.Columns, block.Rows, random).Transpose();
        }

        return OrthonormalRows(block.Rows, block.Columns, random);
    }

    private static NdArray<double> OrthonormalRows(int rows, int columns, Random random)
    {
        var q = random.NextNormals(rows, columns);
        RowFactorization.Orthonormalize(q);
        return q;
    }
}

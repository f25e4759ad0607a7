using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;

namespace RnnCompare.Tests.Models.Initialization;

public class OrthogonalInitializerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(100, 100)]
    [InlineData(1, 6)]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    [InlineData(64, 3)]
    public void RowsOrColumns_AreOrthonormal(int rows, int columns)
    {
        var q = Draw(rows, columns, new(rows));
        Assert.Equal([rows, columns], q.Shape.ToArray());
        RequireOrthonormalRows(rows <= columns ? q : q.Transpose());
        var scaled = new OrthogonalInitializer { Scale = 1.5 }.Draw(WeightBlock.Matrix(rows, columns), new(rows));
        Assert.Equal(q.Data.Select(value => 1.5 * value), scaled.Data);
    }

    [Fact]
    public void EveryOrthogonalMatrix_IsEquallyLikely()
    {
        // An element of a random orthogonal 3 × 3 matrix has mean 0 and variance 1/3, and so has a product of two from
        // different rows and columns mean 0; half of the determinants are −1.
        const int Count = 4000;
        var random = new Random(1);
        var draws = Enumerable.Range(0, Count).Select(_ => Draw(3, 3, random)).ToArray();
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                Assert.Equal(0, draws.Average(q => q[row, column]), 5 * Math.Sqrt(1.0 / 3 / Count));

                // The variance of a square is 1/5 − 1/9.
                Assert.Equal(1.0 / 3, draws.Average(q => q[row, column] * q[row, column]), 5 * Math.Sqrt(4.0 / 45 / Count));
            }
        }

        Assert.Equal(0.5, draws.Count(q => Determinant(q) < 0) / (double)Count, 5 * 0.5 / Math.Sqrt(Count));
    }

    internal static void RequireOrthonormalRows(NdArray<double> q)
    {
        for (var i = 0; i < q.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, q.Row(i).ToArray().Zip(q.Row(j).ToArray(), (a, b) => a * b).Sum(), 1e-14);
            }
        }
    }

    private static NdArray<double> Draw(int rows, int columns, Random random) => new OrthogonalInitializer().Draw(WeightBlock.Matrix(rows, columns), random);

    private static double Determinant(NdArray<double> q)
    {
        return (q[0, 0] * ((q[1, 1] * q[2, 2]) - (q[1, 2] * q[2, 1])))
            - (q[0, 1] * ((q[1, 0] * q[2, 2]) - (q[1, 2] * q[2, 0])))
            + (q[0, 2] * ((q[1, 0] * q[2, 1]) - (q[1, 1] * q[2, 0])));
    }
}

using RnnCompare.Numerics;
using RnnCompare.Tests.Numerics.Products;

namespace RnnCompare.Tests.Numerics;

public class MatrixRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 17)]
    [InlineData(5, 33)]
    public void Rows_AreWrittenAndSummed(int rows, int columns)
    {
        var random = new Random(13);
        var matrix = TestMatrix.Random<double>(random, rows, columns, transposed: false);
        var row = TestMatrix.Elements(TestMatrix.Random<double>(random, 1, columns, transposed: false));
        var before = TestMatrix.Elements(matrix);

        var sums = row.ToArray();
        MatrixRows.AddColumnSums(matrix, sums);
        Assert.Equal(row.Select((x, j) => Enumerable.Range(0, rows).Aggregate(x, (sum, i) => sum + before[(i * columns) + j])), sums);

        MatrixRows.Broadcast<double>(row, matrix);
        Assert.Equal(before.Select((_, i) => row[i % columns]), TestMatrix.Elements(matrix));
    }

    [Fact]
    public void AddColumnSums_HasTheSameBitsForEveryNumberOfThreads()
    {
        var matrix = TestMatrix.Random<float>(new Random(14), 3001, 1057, transposed: false);
        var (alone, shared) = (new float[1057], new float[1057]);
        MatrixRows.AddColumnSums(matrix, alone);
        using var workers = new Workers(3);
        MatrixRows.AddColumnSums(matrix, shared, workers);
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void Rows_RefuseLengthsThatDoNotFit()
    {
        var matrix = new NdArray<float>(2, 3);
        var error = Assert.Throws<ArgumentException>(() => MatrixRows.Broadcast<float>(new float[4], matrix.View()));
        Assert.StartsWith("row has 4 elements, but the matrix has 3 columns.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MatrixRows.AddColumnSums(matrix.View(), new float[2]));
    }
}

using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;
using RnnCompare.Tests.Numerics.Products;

namespace RnnCompare.Tests.Numerics;

public class TokenRowsTests
{
    // Fewer tokens than rows of the table, and more.
    public static TheoryData<bool, long[]> Tables { get; } = new()
    {
        { false, [3, 3, 1] },
        { true, [3, 3, 1] },
        { false, [2, 0, 4, 2, 2, 1] },
        { true, [2, 0, 4, 2, 2, 1] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Gather_IsTheProductWithOneHotRows(bool transposedTable, long[] tokens)
    {
        var random = new Random(14);
        var table = TestMatrix.Random<double>(random, 5, 19, transposedTable);
        var bias = TestMatrix.Elements(TestMatrix.Random<double>(random, 1, 19, transposed: false));
        var destination = TestMatrix.Random<double>(random, tokens.Length, 19, transposed: false);
        TokenRows.Gather(table, tokens, bias, destination);

        var expected = new NdArray<double>(tokens.Length, 19);
        MatrixRows.Broadcast<double>(bias, expected.View());
        PlainProduct.AddProduct(OneHot(tokens), table, expected.View());
        Assert.Equal(expected.Data, TestMatrix.Elements(destination));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void ScatterAdd_IsTheProductWithOneHotColumns(bool transposedTable, long[] tokens)
    {
        var random = new Random(15);
        var rows = TestMatrix.Random<double>(random, tokens.Length, 19, transposed: false);
        var table = TestMatrix.Random<double>(random, 5, 19, transposedTable);
        var expected = TestMatrix.Copy(table);
        PlainProduct.AddProduct(OneHot(tokens).Transposed, rows, expected);
        TokenRows.ScatterAdd(rows, tokens, table);
        Assert.Equal(TestMatrix.Elements(expected), TestMatrix.Elements(table));
    }

    [Fact]
    public void Tokens_MustBeRowsOfTheTable()
    {
        var (table, rows) = (new NdArray<float>(5, 2), new NdArray<float>(2, 2));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TokenRows.Gather(table.View(), [1, 5], new float[2], rows.View()));
        Assert.StartsWith("tokens[1] is 5, but the table has 5 rows.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenRows.ScatterAdd(rows.View(), [-1, 0], table.View()));
        Assert.Throws<ArgumentException>(() => TokenRows.ScatterAdd(rows.View(), [0], table.View()));
        Assert.Throws<ArgumentException>(() => TokenRows.Gather(table.View(), [1, 2], new float[3], rows.View()));
    }

    private static MatrixView<double> OneHot(long[] tokens)
    {
        var oneHot = new NdArray<double>(tokens.Length, 5);
        for (var i = 0; i < tokens.Length; i++)
        {
            oneHot[i, (int)tokens[i]] = 1;
        }

        return oneHot.View();
    }
}

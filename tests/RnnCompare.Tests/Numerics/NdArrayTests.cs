using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class NdArrayTests
{
    [Fact]
    public void Rows_AreAllAxesButTheLast()
    {
        var array = new NdArray<double>(5, 3, 4);
        Assert.Equal((15, 4, 60), (array.Rows, array.Columns, array.Length));
        array[7, 2] = 1.5;
        Assert.Equal([2, 1, 2], array.IndexOf(Array.IndexOf(array.Data, 1.5)));
    }

    [Fact]
    public void Constructor_RefusesASizeThatDoesNotFit()
    {
        var error = Assert.Throws<ArgumentException>(() => new NdArray<double>(new double[7], 2, 4));
        Assert.Contains("7 elements", error.Message, StringComparison.Ordinal);
        Assert.Contains("(2, 4) has 8", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NdArray<double>(int.MaxValue, int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Transpose_SwapsRowsAndColumns()
    {
        var array = new NdArray<double>([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([1, 4, 2, 5, 3, 6], array.Transpose().Data);
        Assert.Throws<InvalidOperationException>(() => array.Reshape(1, 2, 3).Transpose());
    }
}

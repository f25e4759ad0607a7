using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class VectorsTests
{
    [Fact]
    public void Norm_CountsEveryElementOnce()
    {
        // Squares are powers of four: every sum of up to 25 of them is exact, and tells which are in it.
        for (var length = 0; length <= 25; length++)
        {
            var x = Enumerable.Range(0, length).Select(i => double.ScaleB(i % 2 == 0 ? 1 : -1, i)).ToArray();
            Assert.Equal(Math.Sqrt((Math.Pow(4, length) - 1) / 3), Vectors.Norm<double>(x));
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1001)]
    [InlineData(100_003)]
    public void Norm_IsNear(int length)
    {
        var random = new Random(length);
        var x = Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray();
        var y = Array.ConvertAll(x, value => (float)value);
        var exact = Math.Sqrt((double)x.Sum(value => (decimal)value * (decimal)value));
        var exactFloat = Math.Sqrt(y.Sum(value => (double)value * value));

        // At least eight partial sums; their rounding errors, as a random walk, stay below √(length / 8) half units.
        var bound = Math.Sqrt((length / 8.0) + 8);
        Assert.Equal(exact, Vectors.Norm<double>(x), exact * bound * Math.Pow(2, -53));
        Assert.Equal(exactFloat, Vectors.Norm<float>(y), exactFloat * bound * Math.Pow(2, -24));
    }
}

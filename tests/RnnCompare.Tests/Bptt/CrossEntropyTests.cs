using System.Numerics;
using RnnCompare.Bptt;

namespace RnnCompare.Tests.Bptt;

public class CrossEntropyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(65)]
    public void LossAndGradient_MatchTheFormula(int classes)
    {
        foreach (var size in new[] { 1e-3, 1, 30, 1e4 })
        {
            Check<double>(classes, size, 1e-13);
            Check<float>(classes, size, 1e-5);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void ANaN_ComesThroughFromEveryPosition(int classes)
    {
        for (var position = 0; position < classes; position++)
        {
            var y = new double[classes];
            y[position] = double.NaN;
            var dy = new double[classes];
            Assert.True(double.IsNaN(CrossEntropy.Compute<double>(y, 0, 1, dy)));
            Assert.All(dy, value => Assert.True(double.IsNaN(value)));
        }
    }

    private static void Check<T>(int classes, double size, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(classes);
        var y = Enumerable.Range(0, classes).Select(_ => T.CreateChecked(size * ((2 * random.NextDouble()) - 1))).ToArray();
        var exact = y.Select(double.CreateChecked).ToArray();
        var max = exact.Max();
        var sum = exact.Sum(value => Math.Exp(value - max));
        var target = classes / 2;
        var dy = new T[classes];
        var loss = CrossEntropy.Compute<T>(y, target, T.CreateChecked(0.25), dy);

        // The loss is a difference of numbers of size max; the gradient is of size one.
        Assert.Equal(Math.Log(sum) + max - exact[target], loss, tolerance * Math.Max(1, size));
        for (var o = 0; o < classes; o++)
        {
            var expected = 0.25 * ((Math.Exp(exact[o] - max) / sum) - (o == target ? 1 : 0));
            Assert.Equal(expected, double.CreateChecked(dy[o]), tolerance);
        }
    }
}

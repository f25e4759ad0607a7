using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Optimizers;

public class GradientClippingTests
{
    private static readonly RnnSpec Network = new() { Cell = GruCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 1 };

    [Fact]
    public void None_ChangesNothing() => Assert.Equal(Flat(Gradients()), Clipped(Clipping.None, Gradients()));

    [Fact]
    public void ByValue_Clamps()
    {
        var gradients = Gradients();
        gradients.Whh.Data[3] = double.NaN;
        gradients.by.Data[0] = double.NegativeInfinity;
        gradients.bh.Data[5] = double.PositiveInfinity;
        Assert.Equal(Flat(gradients).Select(g => Math.Clamp(g, -0.2, 0.2)), Clipped(new Clipping.ByValue(0.2), gradients));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1.5)]
    [InlineData(0)]
    public void ByNorm_ScalesToTheLimit(double limit)
    {
        var expected = Flat(Gradients());
        var norm = Norm(expected);
        Assert.InRange(norm, 2, double.MaxValue);
        var clipped = Clipped(new Clipping.ByNorm(limit), Gradients());
        Assert.Equal(limit / (norm + 1e-6) * norm, Norm(clipped), 1e-15);
        Assert.All(expected.Zip(clipped), pair => Assert.Equal(pair.First * (limit / (norm + 1e-6)), pair.Second, 1e-15));
    }

    [Fact]
    public void ByNorm_LeavesWhatIsBelowTheLimitBitForBit()
    {
        var expected = Flat(Gradients());
        Assert.Equal(expected, Clipped(new Clipping.ByNorm(Norm(expected) + 1e-5), Gradients()));
        Assert.Equal(expected, Clipped(new Clipping.ByNorm(double.PositiveInfinity), Gradients()));

        // Between norm and norm + 1e-6 torch scales already.
        Assert.NotEqual(expected, Clipped(new Clipping.ByNorm(Norm(expected) + 1e-7), Gradients()));
        var zeros = new double[expected.Length];
        Assert.Equal(zeros, Clipped(new Clipping.ByNorm(1), new(Network)));
    }

    // What clip_grad_norm_ of libtorch 1.13.1 gave for (1, 2, inf), (1, 2, NaN) and, in float32, (1e20, 1, −1).
    [Fact]
    public void ByNorm_TreatsWhatIsNotFiniteAsTorch()
    {
        Assert.Equal([0, 0, double.NaN], Clipped<double>(1, 2, double.PositiveInfinity));
        Assert.Equal([double.NaN, double.NaN, double.NaN], Clipped<double>(1, 2, double.NaN));
        Assert.Equal([0f, 0f, -0f], Clipped<float>(1e20f, 1, -1));

        static T[] Clipped<T>(params T[] values)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var gradients = new RnnWeights<T>(Network);
            values.CopyTo(gradients.bh.Data, 4);
            GradientClipping.Apply(new Clipping.ByNorm(1), gradients);
            return gradients.bh.Data[4..7];
        }
    }

    [Fact]
    public void Limits_OutOfRangeAreRefused()
    {
        Assert.StartsWith("Limit is -1, but must not be negative.", Assert.Throws<ArgumentOutOfRangeException>(() => new Clipping.ByNorm(-1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Limit is NaN, but must not be negative.", Assert.Throws<ArgumentOutOfRangeException>(() => new Clipping.ByValue(double.NaN)).Message, StringComparison.Ordinal);
    }

    private static RnnWeights<double> Gradients() => Samples.Weights<double>(Network, seed: 5);

    private static double[] Flat(RnnWeights<double> weights) => [.. weights.Tensors.SelectMany(tensor => tensor.Values.Data)];

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private static double[] Clipped(Clipping clipping, RnnWeights<double> gradients)
    {
        GradientClipping.Apply(clipping, gradients);
        return Flat(gradients);
    }
}

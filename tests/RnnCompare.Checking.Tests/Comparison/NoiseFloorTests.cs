using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Tests.Comparison;

public class NoiseFloorTests
{
    [Theory]
    [InlineData("tanh", 0.3)]
    [InlineData("relu", 0.3)]
    [InlineData("lstm", 1.0)]
    [InlineData("gru", 0.001)]
    [InlineData("gru-reset-before", 0.1)]
    public void Float32Engine_AgreesWithinTheFloor_AndNoFactorOfAThousandthDoes(string cell, double sigma)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 2 };
        var weights = Samples.Weights<float>(spec, seed: 3, sigma);
        var batch = Samples.Batch<float>(spec, steps: 9, batchSize: 3, seed: 5);
        using var engine = new ManualEngine<float>(weights);
        using var reference = new ManualEngine<double>(weights.Convert<double>());
        var batch64 = batch.Convert<float, double>();
        var floor = NoiseFloor.Measure(weights.Convert<double>(), batch64, Precision.Float32);
        var (expected, actual) = (TensorSet.Of(reference.Gradients(batch64)), TensorSet.Of(engine.Gradients(batch)));

        Assert.True(GradientComparison.Compare(expected, actual, floor).Agrees);

        foreach (var tensor in actual.Tensors)
        {
            foreach (ref var value in tensor.Values.Span)
            {
                value *= 1.001;
            }
        }

        Assert.All(GradientComparison.Compare(expected, actual, floor).Tensors, tensor => Assert.False(tensor.Agrees, tensor.Name));
    }

    [Theory]
    [InlineData("tanh", 0.3)]
    [InlineData("relu", 0.3)]
    [InlineData("lstm", 1.0)]
    [InlineData("gru", 0.1)]
    [InlineData("gru-reset-before", 0.1)]
    public void TruncatedFloor_TakesTruncatedGradientsAndNoOthers(string cell, double sigma)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 2, Layers = 2 };
        var weights = Samples.Weights<float>(spec, seed: 3, sigma);
        var batch = Samples.Batch<float>(spec, steps: 9, batchSize: 3, seed: 5, lengths: true);
        var truncation = new TruncationSpec(2, 5);
        using var engine = new ManualEngine<float>(weights);
        using var reference = new ManualEngine<double>(weights.Convert<double>());
        var batch64 = batch.Convert<float, double>();
        var floor = NoiseFloor.Measure(weights.Convert<double>(), batch64, Precision.Float32, truncation: truncation);
        var expected = TruncatedBptt.Gradients(reference, batch64, truncation);

        Assert.True(GradientComparison.Compare(expected, TruncatedBptt.Gradients(engine, batch, truncation), floor).Agrees);
        var others = GradientComparison.Compare(expected, TruncatedBptt.Gradients(engine, batch, new TruncationSpec(2, 6)), floor);
        Assert.All(others.Tensors, tensor => Assert.Equal(tensor.Name is "loss" or "dWhy" or "dby", tensor.Agrees));
    }

    [Fact]
    public void Floor_GrowsWhereTheRecurrenceAmplifies()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 3, HiddenSize = 32, OutputSize = 2 };
        var batch = Samples.Batch<double>(spec, steps: 60, batchSize: 2, seed: 5);

        Assert.True(RelativeFloor(sigma: 0.7) > 100 * RelativeFloor(sigma: 0.05));

        double RelativeFloor(double sigma)
        {
            var weights = Samples.Weights<double>(spec, seed: 3, sigma);
            using var engine = new ManualEngine<double>(weights);
            var gradients = TensorSet.Of(engine.Gradients(batch));
            return GradientComparison.Compare(gradients, gradients, NoiseFloor.Measure(weights, batch, Precision.Float64)).Tensors.Single(tensor => tensor.Name == "dWhh").NoiseFloor;
        }
    }
}

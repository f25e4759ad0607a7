using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests;

/// <summary>Where Whh amplifies, rounding grows with the steps in every engine, and the measured floor says by how much.</summary>
public class AmplifiedRoundingTests
{
    public static TheoryData<string, double, int> Networks() => new()
    {
        { "tanh", 1.5, 60 },
        { "tanh", 3, 100 },
        { "relu", 1.3, 40 },
        { "lstm", 2, 60 },
        { "gru", 3, 60 },
        { "gru-reset-before", 3, 60 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Engines_AgreeToTheMeasuredFloor(string cell, double gain, int steps)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 3, HiddenSize = 12, OutputSize = 5 };
        var weights = Samples.Weights<double>(spec, 5, sigma: gain / Math.Sqrt(spec.HiddenSize));
        var batch = Samples.Batch<double>(spec, steps, batchSize: 2, seed: 6);
        var floor = NoiseFloor.Measure(weights, batch, Precision.Float64);
        using var autograd = new AutogradEngine<double>(weights);
        using var manual = new ManualEngine<double>(weights);
        var expected = autograd.Gradients(batch);
        var comparison = GradientComparison.Compare(expected, manual.Gradients(batch), floor);
        Assert.True(comparison.Agrees, comparison.Describe("autograd", "manual", $"{cell}, gain {gain}, T={steps}"));

        // The floor is no licence: a change of one gradient in its eighth digit is found.
        var wrong = manual.Gradients(batch);
        wrong.Weights.Wxh.Data[0] *= 1 + 1e-6;
        wrong.Weights.by.Data[0] *= 1 + 1e-8;
        Assert.False(GradientComparison.Compare(expected, wrong, floor).Agrees);
    }

    [Fact]
    public void CentralDifferences_ConfirmTheReference()
    {
        foreach (var cell in CellTable.All)
        {
            var spec = new RnnSpec { Cell = cell, InputSize = 3, HiddenSize = 5, OutputSize = 4, Layers = 2, Bidirectional = true };
            using var autograd = new AutogradEngine<double>(Samples.Weights<double>(spec, 5));
            var derivatives = CentralDifferences.Check(autograd, Samples.Batch<double>(spec, steps: 6, batchSize: 2, seed: 7, lengths: true), seed: 8);
            Assert.All(derivatives, derivative => Assert.True(derivative.RelativeError < 1e-5, $"{cell}: {derivative}"));
        }
    }
}

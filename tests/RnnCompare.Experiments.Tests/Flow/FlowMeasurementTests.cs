using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tests.Flow;

public class FlowMeasurementTests
{
    [Theory]
    [InlineData("tanh", OutputMode.EveryStep, LossKind.CrossEntropy)]
    [InlineData("relu", OutputMode.EveryStep, LossKind.SquaredError)]
    [InlineData("lstm", OutputMode.LastStep, LossKind.CrossEntropy)]
    public void Norms_AreThoseOfTheLastStepsLossAlone(string cell, OutputMode outputs, LossKind loss)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 3, HiddenSize = 4, OutputSize = 2, Layers = 2, Outputs = outputs, Loss = loss, Reduction = Reduction.Sum };
        var (weights, batch) = (Weights(spec), Batch(spec, steps: 6, [6, 2, 4]));
        var flow = FlowMeasurement.Measure("case", weights, batch, ["manual", "autograd", "fused"], FlowDetail.Norms)!;
        Assert.Equal(["manual", "autograd"], flow.Back.Select(curve => curve.Engine));

        // By the definition: a directional derivative of the last step's loss along a change of the top layer's state,
        // which the engine gives as an upstream adjoint: dL/dh of the last step, pulled back through the layer.
        var expected = new double[6];
        for (var b = 0; b < 3; b++)
        {
            var single = Single(spec, batch, b);
            var lastStep = new RnnWeights<double>(spec with { Outputs = OutputMode.LastStep });
            lastStep.CopyFrom(weights);
            using var engine = new ManualEngine<double>(lastStep);
            var hidden = engine.Gradients(single).Hidden!; // (L, T, 1, H)
            for (var k = 0; k < single.Steps; k++)
            {
                expected[k] += hidden.Row((1 * single.Steps) + single.Steps - 1 - k).ToArray().Sum(value => value * value);
            }
        }

        foreach (var curve in flow.Back)
        {
            Assert.Equal(6, curve.Norms.Count);
            Assert.All(curve.Norms.Zip(expected), pair => Assert.Equal(Math.Sqrt(pair.Second), pair.First, 1e-12));
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Bound_HoldsForThePlainCell(string cell)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        var flow = FlowMeasurement.Measure("case", Weights(spec), Batch(spec, steps: 9, [9, 9, 9]), ["manual"], FlowDetail.Norms)!;
        Assert.True(flow.Back[0].Norms[0] > 0);
        for (var k = 0; k < 9; k++)
        {
            Assert.True(flow.Back[0].Norms[k] <= flow.Bound!.At(k, flow.Back[0].Norms[0]) * (1 + 1e-12));
        }
    }

    [Fact]
    public void Measure_HasNoBoundForGatesAndNoCurveForFusedAlone()
    {
        var spec = new RnnSpec { Cell = LstmCell.Instance, InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        Assert.Null(FlowMeasurement.Measure("case", Weights(spec), Batch(spec, 2, [2, 2, 2]), ["manual"], FlowDetail.Norms)!.Bound);
        Assert.Null(FlowMeasurement.Measure("case", Weights(spec), Batch(spec, 2, [2, 2, 2]), ["fused"], FlowDetail.All));
    }

    [Fact]
    public void LargestSingularValue_IsThatOfKnownMatrices()
    {
        Assert.Equal(5, GradientBound.LargestSingularValue(new([3, 0, 0, 0, -5, 0], 2, 3)), 12);

        // [[3, 0], [4, 5]] has singular values √45 and √5; a rank-one matrix has the product of its vectors' lengths.
        Assert.Equal(Math.Sqrt(45), GradientBound.LargestSingularValue(new([3, 0, 4, 5], 2, 2)), 12);
        Assert.Equal(5 * 13, GradientBound.LargestSingularValue(new([3 * 5, 3 * 12, 4 * 5, 4 * 12], 2, 2)), 12);
        Assert.Equal(2, GradientBound.LargestSingularValue(new([-2], 1, 1)), 12);
        Assert.Equal(0, GradientBound.LargestSingularValue(new(3, 3)));
    }

    private static RnnWeights<double> Weights(RnnSpec spec)
    {
        var random = new Random(3);
        var weights = new RnnWeights<double>(spec);
        foreach (var tensor in weights.Tensors)
        {
            foreach (ref var value in tensor.Values.Span)
            {
                value = random.NextDouble() - 0.4;
            }
        }

        return weights;
    }

    private static SequenceBatch<double> Batch(RnnSpec spec, int steps, int[] lengths)
    {
        var random = new Random(5);
        var inputs = new NdArray<double>(steps, lengths.Length, spec.InputSize);
        foreach (ref var value in inputs.Span)
        {
            value = random.NextDouble() - 0.5;
        }

        var count = spec.Outputs == OutputMode.EveryStep ? steps * lengths.Length : lengths.Length;
        int[] shape = spec.Outputs == OutputMode.EveryStep ? [steps, lengths.Length] : [lengths.Length];
        return new()
        {
            Inputs = new(inputs),
            Lengths = lengths,
            Targets = spec.Loss == LossKind.CrossEntropy
                ? new(new NdArray<long>([.. Enumerable.Range(0, count).Select(i => (long)(i % spec.OutputSize))], shape))
                : new(new NdArray<double>([.. Enumerable.Range(0, count * spec.OutputSize).Select(i => 0.1 * i)], [.. shape, spec.OutputSize])),
        };
    }

    // One sequence by itself, with the target of its last step.
    private static SequenceBatch<double> Single(RnnSpec spec, SequenceBatch<double> batch, int b)
    {
        var (length, size) = (batch.LengthOf(b), batch.BatchSize);
        var inputs = Enumerable.Range(0, length).SelectMany(t => batch.Inputs.Values!.Row((t * size) + b).ToArray()).ToArray();
        var row = spec.Outputs == OutputMode.EveryStep ? ((length - 1) * size) + b : b;
        return new()
        {
            Inputs = new(new NdArray<double>(inputs, length, 1, spec.InputSize)),
            Targets = spec.Loss == LossKind.CrossEntropy
                ? new(new NdArray<long>([batch.Targets!.Classes!.Data[row]], 1))
                : new(new NdArray<double>(batch.Targets!.Values!.Row(row).ToArray(), 1, spec.OutputSize)),
        };
    }
}

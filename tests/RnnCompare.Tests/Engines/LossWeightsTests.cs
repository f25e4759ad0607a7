using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Engines;

public class LossWeightsTests
{
    public static TheoryData<OutputMode, LossKind> Losses() => new()
    {
        { OutputMode.EveryStep, LossKind.CrossEntropy },
        { OutputMode.EveryStep, LossKind.SquaredError },
        { OutputMode.LastStep, LossKind.CrossEntropy },
        { OutputMode.LastStep, LossKind.SquaredError },
    };

    // The loss is linear in the weights: what one output contributes alone, times its weight, adds up to the whole.
    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_IsTheWeightedSum(OutputMode outputs, LossKind loss)
    {
        var (spec, batch) = Case(outputs, loss);
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
        var weights = Weights(spec, batch);
        var total = 0.0;
        var gradient = new NdArray<double>([.. engine.ReadWeights().Whh.Shape]);
        for (var i = 0; i < weights.Length; i++)
        {
            var one = new NdArray<double>([.. weights.Shape]);
            one.Data[i] = 1;
            var alone = engine.Gradients(batch with { LossWeights = one });
            total += weights.Data[i] * alone.Loss;
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient.Data[j] += weights.Data[i] * alone.Weights.Whh.Data[j];
            }
        }

        var whole = engine.Gradients(batch with { LossWeights = weights });
        Assert.Equal(total, whole.Loss, 1e-13);
        Agreement.Require("dWhh", gradient, whole.Weights.Whh, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Weights_OfTheReduction_ChangeNothing(OutputMode outputs, LossKind loss)
    {
        var (spec, batch) = Case(outputs, loss);
        foreach (var reduction in new[] { Reduction.Sum, Reduction.Mean })
        {
            var reduced = spec with { Reduction = reduction };
            using var engine = new ManualEngine<double>(Samples.Weights<double>(reduced, seed: 1));
            var given = engine.Gradients(batch with { LossWeights = batch.LossWeightsFor(reduced) });
            var expected = engine.Gradients(batch);
            Assert.Equal(expected.Loss, given.Loss);
            Agreement.Require(expected.Weights, given.Weights, 0);
        }
    }

    [Fact]
    public void Weights_PastTheEndOfASequence_CountNowhere()
    {
        var (spec, batch) = Case(OutputMode.EveryStep, LossKind.CrossEntropy);
        var weights = Weights(spec, batch);
        var cleared = Padding.Cleared(weights, batch.Lengths!);
        Assert.NotEqual(cleared.Data, weights.Data);
        Assert.Equal(cleared.Data, (batch with { LossWeights = weights }).LossWeightsFor(spec).Data);
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
        Agreement.Require(engine.Gradients(batch with { LossWeights = cleared }), engine.Gradients(batch with { LossWeights = weights }), 0);
    }

    [Fact]
    public void Weights_OfAnotherShape_AreRefused()
    {
        var (spec, batch) = Case(OutputMode.EveryStep, LossKind.CrossEntropy);
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
        var refused = Assert.Throws<ArgumentException>(() => engine.Gradients(batch with { LossWeights = new(3, 5) }));
        Assert.Equal("The loss weights are (3, 5), but this network and batch need (5, 3).", refused.Message);
    }

    private static (RnnSpec Spec, SequenceBatch<double> Batch) Case(OutputMode outputs, LossKind loss)
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 7, OutputSize = 2, Outputs = outputs, Loss = loss };
        return (spec, Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2, lengths: true) with { Lengths = [2, 5, 1] });
    }

    private static NdArray<double> Weights(RnnSpec spec, SequenceBatch<double> batch)
    {
        return spec.Outputs == OutputMode.EveryStep
            ? Samples.Normal<double>(new(3), 1, batch.Steps, batch.BatchSize)
            : Samples.Normal<double>(new(3), 1, batch.BatchSize);
    }
}

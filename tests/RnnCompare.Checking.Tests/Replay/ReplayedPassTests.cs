using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Replay;

public class ReplayedPassTests
{
    [Theory]
    [MemberData(nameof(SampleNetworks.All), MemberType = typeof(SampleNetworks))]
    public void RightVariant_IsTheManualEngine(
        string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool tokens, bool lengths)
    {
        var spec = SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction);
        var weights = Samples.Weights<double>(spec, seed: 7);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 11, tokens, lengths);
        using var engine = new ManualEngine<double>(weights);
        var expected = TensorSet.Of(spec, engine.Forward(batch));
        expected.AddAll(TensorSet.Of(engine.Gradients(batch)));

        var replayed = new ReplayedPass<double>(weights, batch, Arithmetic<double>.Plain).All(Variant.Right);

        var comparison = GradientComparison.Compare(expected, replayed, Tolerance.Relative(1e-12));
        Assert.True(comparison.Agrees, comparison.Describe("engine", "replay"));
        Assert.Equal(loss == LossKind.CrossEntropy ? ["p"] : [], comparison.NotChecked);
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.All), MemberType = typeof(SampleNetworks))]
    public void TruncationAtTheWholeLength_IsTheRightVariant(
        string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool tokens, bool lengths)
    {
        var spec = SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction);
        var replay = new ReplayedPass<double>(Samples.Weights<double>(spec, seed: 7), Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 11, tokens, lengths), Arithmetic<double>.Plain);

        // Through two directions the loss of one step reaches a state by paths longer than T.
        var variant = Variant.Right with { Recurrence = new() { Carry = new(CarryKind.StepsFromLoss, 5 * layers) } };

        var comparison = GradientComparison.Compare(replay.All(Variant.Right), replay.All(variant), Tolerance.Relative(1e-12));
        Assert.True(comparison.Agrees, comparison.Describe("whole", "truncated"));
    }
}

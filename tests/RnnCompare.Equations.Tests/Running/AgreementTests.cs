using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Equations.Tests.Running;

/// <summary>The hand-written cells are held against their equations: states, outputs, loss, every gradient, and training.</summary>
public class AgreementTests
{
    public static TheoryData<string, int, bool, OutputMode, LossKind, Reduction, bool, bool> Networks => SampleNetworks.All();

    [Theory]
    [MemberData(nameof(Networks))]
    public void HandWrittenCells_AreTheirEquationsInFloat64(string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool tokens, bool lengths)
    {
        RequireAgreement<double>(SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction), tokens, lengths, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void HandWrittenCells_AreTheirEquationsInFloat32(string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool tokens, bool lengths)
    {
        // Sums of p − target nearly cancel for two classes, so that a rounding of one is seen larger.
        RequireAgreement<float>(SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction), tokens, lengths, 1e-4);
    }

    [Fact]
    public void RandomNetworks_Agree()
    {
        RandomCase.ForAll(100, test =>
        {
            using var manual = new ManualEngine<double>(test.Weights);
            using var equations = new EquationsEngine<double>(test.Weights);
            Agreement.Require(manual.Forward(test.Batch), equations.Forward(test.Batch), 1e-12);
            Agreement.Require(manual.Gradients(test.Batch), equations.Gradients(test.Batch), 1e-12);
            return true;
        });
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Training_StaysTogether(string cell)
    {
        var spec = SampleNetworks.Spec(cell, 2, false, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean);
        var weights = Samples.Weights<double>(spec, 1);
        var training = new TrainingOptions { Optimizer = new AdamSpec { LearningRate = 0.01 }, Clipping = new Clipping.ByNorm(1) };
        using var manual = new ManualEngine<double>(weights, training);
        using var equations = new EquationsEngine<double>(weights, training, threads: 2);
        for (var i = 0; i < 10; i++)
        {
            var batch = Samples.Batch<double>(spec, 5, 3, i, tokens: i % 2 == 0, lengths: i % 3 == 0);
            Assert.Equal(manual.Train(batch).Loss, equations.Train(batch).Loss, 1e-11);
        }

        Agreement.Require(manual.ReadWeights(), equations.ReadWeights(), 1e-11);
    }

    private static void RequireAgreement<T>(RnnSpec spec, bool tokens, bool lengths, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weights = Samples.Weights<T>(spec, 1);
        var batch = Samples.Batch<T>(spec, steps: 5, batchSize: 3, seed: 2, tokens, lengths, lossWeights: lengths);
        using var manual = new ManualEngine<T>(weights);
        using var equations = new EquationsEngine<T>(weights);
        Agreement.Require(manual.Forward(batch), equations.Forward(batch), tolerance);
        Agreement.Require(manual.Gradients(batch), equations.Gradients(batch), tolerance);
        var upstream = Samples.Normal<T>(new(3), 1, batch.Steps, batch.BatchSize, spec.FeatureSize);
        Agreement.Require(manual.Gradients(batch, upstream), equations.Gradients(batch, upstream), tolerance);
    }
}

using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests;

/// <summary>All engines, from the same weights on the same batch: states, outputs, loss and every gradient.</summary>
public class AgreementTests
{
    private static readonly (bool Tokens, bool Lengths, bool InitialState, bool LossWeights)[] Batches =
    [
        (false, false, true, false),
        (true, false, false, true),
        (false, true, true, true),
        (true, true, true, false),
    ];

    public static TheoryData<string, int, bool> Networks()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var cell in CellTable.All)
        {
            foreach (var layers in new[] { 1, 2, 3 })
            {
                data.Add(cell.Name, layers, false);
                data.Add(cell.Name, layers, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Engines_AgreeInFloat64(string cell, int layers, bool bidirectional) => AgreeInEveryMode<double>(cell, layers, bidirectional, 1e-12);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Engines_AgreeInFloat32(string cell, int layers, bool bidirectional) => AgreeInEveryMode<float>(cell, layers, bidirectional, 1e-5);

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(5, 1, 4, 7, 2)]
    [InlineData(1, 3, 1, 7, 1)]
    [InlineData(7, 2, 3, 1, 5)]
    public void Engines_AgreeOnSizesOfOne(int steps, int batchSize, int inputSize, int hiddenSize, int outputSize)
    {
        foreach (var cell in CellTable.All)
        {
            var spec = new RnnSpec { Cell = cell, InputSize = inputSize, HiddenSize = hiddenSize, OutputSize = outputSize, Loss = LossKind.SquaredError };
            RequireAgreement(Samples.Weights<double>(spec, 3), Samples.Batch<double>(spec, steps, batchSize, 4), 1e-12);
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("gru-reset-before")]
    public void Engines_AgreeOverTwoHundredSteps(string cell)
    {
        // σ·√H = 0.9: the gain of Whh stays below 1.2, so that rounding is not amplified.
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 3, HiddenSize = 12, OutputSize = 5 };
        var weights = Samples.Weights<double>(spec, 5, sigma: 0.9 / Math.Sqrt(12));
        RequireAgreement(weights, Samples.Batch<double>(spec, steps: 200, batchSize: 2, seed: 6), 1e-12);
    }

    private static void AgreeInEveryMode<T>(string cell, int layers, bool bidirectional, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Another quarter of the modes for each stack: the six of a cell have them all.
        var quarter = (layers + (bidirectional ? 1 : 0)) % 4;
        foreach (var (outputs, loss, reduction, (tokens, lengths, initialState, lossWeights)) in Modes(quarter))
        {
            var spec = SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction);
            var batch = Samples.Batch<T>(spec, steps: 5, batchSize: 3, seed: 11, tokens, lengths, initialState, lossWeights);
            var failure = Record.Exception(() => RequireAgreement(Samples.Weights<T>(spec, seed: 7), batch, tolerance));
            Assert.True(
                failure is null,
                $"{cell}, {outputs}, {loss}, {reduction}, tokens {tokens}, lengths {lengths}, initial state {initialState}, loss weights {lossWeights}: {failure?.Message}");
        }
    }

    // Outputs, loss, reduction and kind of batch have 32 combinations. A quarter is an orthogonal array of eight: every value of each
    // stands beside every value of every other.
    private static IEnumerable<(OutputMode Outputs, LossKind Loss, Reduction Reduction, (bool, bool, bool, bool) Batch)> Modes(int quarter)
    {
        for (var batch = 0; batch < Batches.Length; batch++)
        {
            for (var outputs = 0; outputs < 2; outputs++)
            {
                var loss = outputs ^ (batch & 1) ^ (quarter & 1);
                var reduction = outputs ^ (batch >> 1) ^ (quarter >> 1);
                yield return ((OutputMode)outputs, (LossKind)loss, (Reduction)reduction, Batches[batch]);
            }
        }
    }

    private static void RequireAgreement<T>(RnnWeights<T> weights, SequenceBatch<T> batch, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var spec = weights.Spec;
        var dHidden = Samples.Normal<T>(new Random(17), 1, batch.Steps, batch.BatchSize, spec.FeatureSize);
        using var autograd = new AutogradEngine<T>(weights);
        Agreement.Require(weights, autograd.ReadWeights(), 0);
        var (forward, gradients, upstream) = Run(autograd);
        Assert.NotNull(gradients.Hidden);

        using (var manual = new ManualEngine<T>(weights))
        {
            RequireSame(manual);
        }

        if (FusedEngine<T>.Supports(spec.Cell))
        {
            using var fused = new FusedEngine<T>(weights);
            Agreement.Require(weights, fused.ReadWeights(), 0);
            RequireSame(fused);
        }

        void RequireSame(IRnnEngine<T> engine)
        {
            var (itsForward, itsGradients, itsUpstream) = Run(engine);
            Agreement.Require(forward, itsForward, tolerance);
            Agreement.Require(gradients, itsGradients, tolerance);

            // The product ⟨dHidden, h⟩ may cancel; its gradients do not.
            Agreement.Require(upstream with { Loss = 1 }, itsUpstream with { Loss = 1 }, tolerance);
        }

        (ForwardResult<T> Forward, GradientResult<T> Gradients, GradientResult<T> Upstream) Run(IRnnEngine<T> engine)
        {
            return (engine.Forward(batch), engine.Gradients(batch), engine.Gradients(batch, dHidden));
        }
    }
}

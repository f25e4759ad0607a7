using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Engines;

public class ManualEngineTests
{
    public static TheoryData<string> Cells() => [.. CellTable.All.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Results_DoNotDependOnTheNumberOfThreads(string cell)
    {
        // Large enough to be worth three threads: parts of two sequences, and parts of eight.
        var spec = Spec(cell);
        spec = spec with { HiddenSize = (int)Math.Sqrt(430_000.0 / spec.Cell.Gates.Count) };
        var weights = Samples.Weights<float>(spec, 3);
        using var one = new ManualEngine<float>(weights);
        using var three = new ManualEngine<float>(weights, threads: 3);
        foreach (var batchSize in new[] { 5, 29 })
        {
            var batch = Samples.Batch<float>(spec, steps: 6, batchSize, seed: 4, lengths: true);
            Agreement.Require(one.Forward(batch), three.Forward(batch), 0);
            Agreement.Require(one.Gradients(batch), three.Gradients(batch), 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Train_AllocatesNothingOnceItsBuffersExist(string cell)
    {
        var spec = Spec(cell) with { Layers = 2 };
        var options = new TrainingOptions { Optimizer = new AdagradSpec(), Clipping = new Clipping.ByValue(5) };
        using var engine = new ManualEngine<float>(Samples.Weights<float>(spec, 3), options);
        var batch = Samples.Batch<float>(spec, steps: 6, batchSize: 5, seed: 4, initialState: false);
        for (var i = 0; i < 3; i++)
        {
            batch = batch with { InitialState = engine.Train(batch).FinalState };
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            engine.Train(batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void FinalState_CarriesASequenceOn(string cell)
    {
        var spec = Spec(cell) with { Layers = 2 };
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, 3));
        var whole = Samples.Batch<double>(spec, steps: 7, batchSize: 3, seed: 4);
        var expected = engine.Forward(whole);

        var first = whole with { Inputs = Part(whole, 0, 4) };
        var second = whole with { Inputs = Part(whole, 4, 3), InitialState = engine.Forward(first).FinalState };
        var actual = engine.Forward(second);
        Assert.Equal(expected.FinalState.Hidden.Data, actual.FinalState.Hidden.Data);
        Assert.Equal(expected.Outputs.Data[^actual.Outputs.Length..], actual.Outputs.Data);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void CrossEntropy_IsStableAtHugeLogits(double size)
    {
        var spec = Spec("tanh") with { HiddenSize = 1, OutputSize = 3, Reduction = Reduction.Sum };
        var weights = new RnnWeights<double>(spec);
        weights.by.Data[1] = size;
        using var engine = new ManualEngine<double>(weights);
        var batch = new SequenceBatch<double>
        {
            Inputs = new(new NdArray<double>(1, 1, spec.InputSize)),
            Targets = new(new NdArray<long>([0], 1, 1)),
        };
        var result = engine.Gradients(batch);

        // Logits (0, s, 0) and target 0: −log p = s where s is huge, log 2 where it is hugely negative.
        Assert.Equal(size > 0 ? 1e4 : Math.Log(2), result.Loss, 1e-12);
        Assert.Equal(size > 0 ? [-1, 1, 0] : [-0.5, 0, 0.5], result.Weights.by.Data);
    }

    [Fact]
    public void Losses_AreSummedAndAveragedAsDefined()
    {
        // Without weights every output is the bias: the losses can be written down.
        var spec = Spec("tanh") with { OutputSize = 2, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var targets = new NdArray<double>([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        var batch = new SequenceBatch<double>
        {
            Inputs = new(new NdArray<double>(2, 2, spec.InputSize)),
            Targets = new(targets),
            Lengths = [2, 1],
        };

        // (t, b) = (0, 0), (0, 1), (1, 0) count; (1, 1) is past the end of sequence 1.
        var sum = (1 + 4 + 9 + 16 + 25 + 36) / 2.0;
        Assert.Equal(sum, Loss(spec), 1e-12);
        Assert.Equal(sum / 3, Loss(spec with { Reduction = Reduction.Mean }), 1e-12);

        var last = batch with { Targets = new(new NdArray<double>([1, 2, 3, 4], 2, 2)) };
        using var engine = new ManualEngine<double>(new(spec with { Outputs = OutputMode.LastStep, Reduction = Reduction.Mean }));
        Assert.Equal((1 + 4 + 9 + 16) / 2.0 / 2, engine.Gradients(last).Loss, 1e-12);

        double Loss(RnnSpec network)
        {
            using var manual = new ManualEngine<double>(new(network));
            return manual.Gradients(batch).Loss;
        }
    }

    [Fact]
    public void Batches_ThatDoNotFitAreRefusedByName()
    {
        var spec = Spec("lstm");
        using var engine = new ManualEngine<double>(new(spec));
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 1);
        var shape = new NdArray<double>(5, 3, 9);

        Refuses("x has 9 columns, but the model's input size is 4.", batch with { Inputs = new(shape) });
        Refuses("x[0,0] is 4, but must be in 0..3 (the model's input size is 4).", batch with { Inputs = new(new NdArray<long>([.. Enumerable.Repeat(4L, 15)], 5, 3)) });
        Refuses("targets are (5), but this network and batch need (5, 3).", batch with { Targets = new(new NdArray<long>(5)) });
        Refuses("targets are real values, but cross-entropy needs class indices.", batch with { Targets = new(shape) });
        Refuses("The batch has no targets, but a loss needs them.", batch with { Targets = null });
        Refuses("lengths has 2 entries, but the batch has 3 sequences.", batch with { Lengths = [5, 5] });
        Refuses("lengths[1] is 6, but must be in 1..5 (the steps of the batch).", batch with { Lengths = [5, 6, 1] });
        Refuses("h0 is (1, 2, 7), but this network and batch need (1, 3, 7).", batch with { InitialState = new() { Hidden = new(1, 2, 7) } });
        Refuses("The lstm cell has a cell state, but c0 is missing.", batch with { InitialState = new() { Hidden = new(1, 3, 7) } });

        void Refuses(string message, SequenceBatch<double> bad)
        {
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => engine.Gradients(bad)).Message, StringComparison.Ordinal);
        }
    }

    private static RnnSpec Spec(string cell) => new() { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 3 };

    private static SequenceInputs<double> Part(SequenceBatch<double> batch, int start, int count)
    {
        var values = batch.Inputs.Values!;
        var size = values.Length / batch.Steps;
        return new(new NdArray<double>(values.Data[(start * size)..((start + count) * size)], count, batch.BatchSize, values.Columns));
    }
}

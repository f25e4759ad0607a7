using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;
using RnnCompare.Truncation;

namespace RnnCompare.Tests.Truncation;

public class TruncatedTrainingTests
{
    private static readonly TrainingOptions Options = new() { Optimizer = new SgdSpec { LearningRate = 0.1, Momentum = 0.5 } };

    [Fact]
    public void Train_NotCut_IsATrainingStepBitForBit()
    {
        RandomCase.ForAll(30, c =>
        {
            using var expected = new ManualEngine<double>(c.Weights, Options);
            using var actual = new ManualEngine<double>(c.Weights, Options);
            var loss = expected.Train(c.Batch).Loss;
            return TruncatedBptt.Train(actual, c.Batch, new TruncationSpec(c.Steps)).Single().Loss == loss
                && Flat(expected.ReadWeights()).SequenceEqual(Flat(actual.ReadWeights()));
        });
    }

    [Theory]
    [InlineData("lstm", 3, 3, Reduction.Mean)]
    [InlineData("gru", 2, 5, Reduction.Sum)]
    [InlineData("tanh", 1, 3, Reduction.Mean)]
    [InlineData("tanh", 2, 9, Reduction.Mean)]
    public void Train_StepsOnTheLossOfEachWindow(string cell, int between, int back, Reduction reduction)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 5, OutputSize = 3, Layers = 2, Reduction = reduction };
        var weights = Samples.Weights<double>(spec, seed: 3);
        var batch = Samples.Batch<double>(spec, steps: 7, batchSize: 2, seed: 4);
        using var engine = new ManualEngine<double>(weights, Options);
        var steps = TruncatedBptt.Train(engine, batch, new TruncationSpec(between, back)).ToArray();

        // By hand: losses that do not count are masked by subtracting the gradient of the window without its counted steps.
        using var reference = new ManualEngine<double>(weights, Options);
        var momentum = new RnnWeights<double>(spec);
        var states = new Dictionary<int, RnnState<double>> { [0] = batch.InitialState! };
        var index = 0;
        for (var first = 0; first < 7; first += between)
        {
            var (start, end) = (Math.Max(0, first + between - back), Math.Min(7, first + between));
            var next = Math.Max(0, first + (2 * between) - back);
            var window = Cut(start, end);
            states.TryAdd(Math.Min(next, end), next > start ? reference.Forward(Cut(start, Math.Min(next, end))).FinalState : states[start]);
            var final = reference.Forward(window).FinalState.Hidden.Data;
            var (loss, gradient) = SumOver(window);
            if (first > start)
            {
                var (lossBefore, gradientBefore) = SumOver(Cut(start, first));
                loss -= lossBefore;
                gradient = [.. gradient.Zip(gradientBefore, (all, before) => all - before)];
            }

            var counted = reduction == Reduction.Mean ? (end - first) * 2 : 1;
            Assert.Equal(loss / counted, steps[index].Loss, 1e-13);
            Assert.All(final.Zip(steps[index++].FinalState.Hidden.Data), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
            Update([.. gradient.Select(g => g / counted)]);
        }

        Assert.Equal(index, steps.Length);
        Agreement.Require(weights, engine.ReadWeights(), 1e-12);

        SequenceBatch<double> Cut(int start, int end) => new()
        {
            Inputs = new(batch.Inputs.Values!.Cut(start, end)),
            Targets = new(batch.Targets!.Classes!.Cut(start, end)),
            InitialState = states[start],
        };

        (double Loss, double[] Gradient) SumOver(SequenceBatch<double> part)
        {
            using var sums = new ManualEngine<double>(Retarget(weights, Reduction.Sum));
            var result = sums.Gradients(part);
            return (result.Loss, [.. Flat(result.Weights)]);
        }

        void Update(double[] gradient)
        {
            var i = 0;
            foreach (var (w, b) in weights.Tensors.Zip(momentum.Tensors))
            {
                for (var j = 0; j < w.Values.Length; j++)
                {
                    b.Values.Data[j] = (0.5 * b.Values.Data[j]) + gradient[i++];
                    w.Values.Data[j] -= 0.1 * b.Values.Data[j];
                }
            }

            reference.LoadWeights(weights);
        }
    }

    [Fact]
    public void Train_CarriesEachSequenceToItsOwnEnd()
    {
        foreach (var cell in CellTable.All)
        {
            var spec = new RnnSpec { Cell = cell, InputSize = 4, HiddenSize = 5, OutputSize = 3, Layers = 2 };
            var batch = Samples.Batch<double>(spec, steps: 9, batchSize: 5, seed: 8, lengths: true);
            using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 7), new() { Optimizer = new SgdSpec { LearningRate = 0 } });
            var whole = engine.Forward(batch).FinalState;
            foreach (var truncation in new TruncationSpec[] { new(1), new(4), new(2, 3), new(3, 7) })
            {
                var last = TruncatedBptt.Train(engine, batch, truncation).Last().FinalState;
                Agreement.Require("h", whole.Hidden, last.Hidden, 1e-15);
                Agreement.Require("c", whole.Cell ?? whole.Hidden, last.Cell ?? last.Hidden, 1e-15);
            }
        }
    }

    [Fact]
    public void Train_WithoutALossInAWindow_MakesNoStep()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 5, OutputSize = 3, Outputs = OutputMode.LastStep };
        var weights = Samples.Weights<double>(spec, seed: 7);
        var batch = Samples.Batch<double>(spec, steps: 8, batchSize: 3, seed: 8) with { Lengths = [2, 8, 7] };
        using var engine = new ManualEngine<double>(weights, Options);
        var losses = TruncatedBptt.Train(engine, batch, new TruncationSpec(2)).Select(step => step.Loss).ToArray();
        Assert.Equal(2, losses.Length);

        using var alone = new ManualEngine<double>(weights);
        Assert.Equal(alone.Gradients(batch with { LossWeights = new([1, 0, 0], 3) }).Loss, losses[0], 1e-14);
    }

    [Theory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void TrainBatch_ReportsWhatAStepOnTheWholeBatchWould(Reduction reduction)
    {
        // At a rate of 0 nothing but the order of sums differs.
        var still = new TrainingOptions { Optimizer = new SgdSpec { LearningRate = 0 } };
        RandomCase.ForAll(30, c =>
        {
            var weights = Retarget(Samples.Weights<double>(c.Spec with { Bidirectional = false }, c.Seed), reduction);
            var batch = Samples.Batch<double>(weights.Spec, c.Steps, c.BatchSize, c.Seed + 1, lengths: c.Lengths);
            using var engine = new ManualEngine<double>(weights, still);
            var whole = engine.Train(batch);
            whole = whole with { FinalState = whole.FinalState.Convert<double>() };
            var cut = TruncatedBptt.TrainBatch(engine, batch, new TruncationSpec(2, 3));
            return Math.Abs(whole.Loss - cut.Loss) <= 1e-13 * whole.Loss && Agreement.Relative(whole.FinalState.Hidden, cut.FinalState.Hidden) <= 1e-13;
        });
    }

    [Fact]
    public void TrainBatch_EndsInTheStateOfTheLastStepWhereNoLossCountsThere()
    {
        var spec = new RnnSpec { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 5, OutputSize = 3, Outputs = OutputMode.LastStep };
        var batch = Samples.Batch<double>(spec, steps: 7, batchSize: 1, seed: 8) with { LossWeights = new([0], 1) };
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 7), Options);
        var end = engine.Forward(batch).FinalState.Convert<double>();
        var step = TruncatedBptt.TrainBatch(engine, batch, new TruncationSpec(3));
        Assert.Equal(0, step.Loss);
        Agreement.Require("h", end.Hidden, step.FinalState.Hidden, 1e-15);
        Agreement.Require("c", end.Cell!, step.FinalState.Cell!, 1e-15);
    }

    private static RnnWeights<double> Retarget(RnnWeights<double> weights, Reduction reduction)
    {
        var other = new RnnWeights<double>(weights.Spec with { Reduction = reduction });
        other.CopyFrom(weights);
        return other;
    }

    private static IEnumerable<double> Flat(RnnWeights<double> weights) => weights.Tensors.SelectMany(tensor => tensor.Values.Data);
}

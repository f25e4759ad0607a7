using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;
using RnnCompare.Truncation;

namespace RnnCompare.Tests.Truncation;

public class TruncatedGradientTests
{
    private const double Step = 1e-5;

    [Fact]
    public void Gradients_NotCut_AreThoseOfBpttBitForBit()
    {
        RandomCase.ForAll(60, c =>
        {
            using var engine = new ManualEngine<double>(c.Weights);
            var (full, truncated) = (engine.Gradients(c.Batch), TruncatedBptt.Gradients(engine, c.Batch, new TruncationSpec(c.Steps, c.Steps + (c.Seed % 3))));
            return All(full).SequenceEqual(All(truncated));
        });
    }

    [Fact]
    public void Gradients_CutButNeverShort_SumToThoseOfBptt()
    {
        RandomCase.ForAll(100, c =>
        {
            var spec = c.Spec with { Bidirectional = false };
            var batch = Samples.Batch<double>(spec, c.Steps, c.BatchSize, c.Seed + 1, c.Tokens, c.Lengths, c.InitialState);
            using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, c.Seed));
            Agreement.Require(engine.Gradients(batch), TruncatedBptt.Gradients(engine, batch, new TruncationSpec(1 + (c.Seed % 3), c.Steps + 3)), 1e-12);
            return true;
        });
    }

    [Fact]
    public void Gradients_CutShort_LeaveTheOutputLayerAndChangeTheRecurrence()
    {
        foreach (var cell in CellTable.All)
        {
            var spec = Spec(cell);
            var batch = Samples.Batch<double>(spec, steps: 7, batchSize: 3, seed: 2, lengths: true);
            using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
            var full = engine.Gradients(batch);
            foreach (var truncation in new TruncationSpec[] { new(1), new(3), new(6), new(1, 3), new(2, 5) })
            {
                var truncated = TruncatedBptt.Gradients(engine, batch, truncation);
                Assert.Equal(full.Loss, truncated.Loss, 1e-14);
                Agreement.Require("dWhy", full.Weights.Why, truncated.Weights.Why, 1e-14);
                Agreement.Require("dby", full.Weights.by, truncated.Weights.by, 1e-14);
                Assert.All(["Wxh", "Whh", "bh", "Wxh.1", "Whh.1", "bh.1"], name =>
                    Assert.True(Agreement.Relative(full.Weights[name], truncated.Weights[name]) > 1e-3, $"{cell} {truncation} {name}"));
            }
        }
    }

    public static TheoryData<string, OutputMode, LossKind, Reduction, int, int> Networks()
    {
        var data = new TheoryData<string, OutputMode, LossKind, Reduction, int, int>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, OutputMode.EveryStep, LossKind.SquaredError, Reduction.Mean, 3, 3);
            data.Add(cell.Name, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Sum, 2, 5);
            data.Add(cell.Name, OutputMode.LastStep, LossKind.CrossEntropy, Reduction.Mean, 1, 2);
            data.Add(cell.Name, OutputMode.LastStep, LossKind.SquaredError, Reduction.Sum, 4, 5);
        }

        return data;
    }

    // By definition: a truncated gradient is the sum of the gradients of the windows' losses with the state at each window's
    // start held constant. Sequence by sequence, so that neither lengths nor weights of losses are needed.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_MatchCentralDifferencesOfTheWindows(string cell, OutputMode outputs, LossKind loss, Reduction reduction, int between, int back)
    {
        var spec = Spec(CellTable.Named(cell)) with { Outputs = outputs, Loss = loss, Reduction = reduction };
        var weights = Samples.Weights<double>(spec, seed: 3);
        var batch = Samples.Batch<double>(spec, steps: 8, batchSize: 4, seed: 4, lengths: true);
        using var engine = new ManualEngine<double>(weights);
        var gradients = TruncatedBptt.Gradients(engine, batch, new TruncationSpec(between, back));

        var states = Enumerable.Range(0, batch.BatchSize)
            .Select(b => Enumerable.Range(0, batch.LengthOf(b)).Select(t => StateBefore(engine, batch, b, t)).ToArray()).ToArray();
        var random = new Random(5);
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var direction = Samples.Weights<double>(spec, random.Next(), sigma: 1);
            var numeric = (LossAt(+Step) - LossAt(-Step)) / (2 * Step);
            var exact = Flat(gradients.Weights).Zip(Flat(direction), (g, d) => g * d).Sum();

            // As for whole sequences: truncation and rounding, each about 1e-10 times the length of the direction cubed.
            Assert.True(Math.Abs(numeric - exact) < 2e-7 * Math.Max(1, Math.Abs(exact)), $"manual {exact:R}, central difference {numeric:R}");

            double LossAt(double shift)
            {
                var moved = weights.Clone();
                foreach (var (w, d) in moved.Tensors.Zip(direction.Tensors))
                {
                    for (var i = 0; i < w.Values.Length; i++)
                    {
                        w.Values.Data[i] += shift * d.Values.Data[i];
                    }
                }

                using var shifted = new ManualEngine<double>(moved);
                return Enumerable.Range(0, batch.BatchSize).Sum(b => WindowLosses(shifted, batch, b, states[b], between, back));
            }
        }
    }

    [Fact]
    public void Gradients_OfInputsAndStates_StandAtTheirSteps()
    {
        var spec = Spec(LstmCell.Instance) with { Reduction = Reduction.Sum };
        var batch = Samples.Batch<double>(spec, steps: 7, batchSize: 3, seed: 2);
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
        var truncated = TruncatedBptt.Gradients(engine, batch, new TruncationSpec(3));
        var state = batch.InitialState!;
        foreach (var (start, end) in new[] { (0, 3), (3, 6), (6, 7) })
        {
            var window = new SequenceBatch<double> { Inputs = new(batch.Inputs.Values!.Cut(start, end)), Targets = new(batch.Targets!.Classes!.Cut(start, end)), InitialState = state };
            var alone = engine.Gradients(window);
            Assert.Equal(alone.Inputs!.Data, truncated.Inputs!.Cut(start, end).Data);
            for (var layer = 0; layer < spec.Layers; layer++)
            {
                NdArray<double> all = new(truncated.Hidden!.Step(layer).ToArray(), 7, 3, spec.HiddenSize);
                Assert.Equal(alone.Hidden!.Step(layer).ToArray(), all.Cut(start, end).Data);
            }

            if (start == 0)
            {
                Assert.Equal(alone.InitialState.Hidden.Data, truncated.InitialState.Hidden.Data);
                Assert.Equal(alone.InitialState.Cell!.Data, truncated.InitialState.Cell!.Data);
            }

            state = engine.Forward(window).FinalState;
        }
    }

    [Fact]
    public void Bidirectional_CannotBeCut()
    {
        var spec = Spec(RnnCell.Tanh) with { Bidirectional = true };
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 1));
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 2, seed: 2);
        const string Message = "A bidirectional network reads from the end too, so its 5 steps cannot be cut into 3 windows.";
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => TruncatedBptt.Gradients(engine, batch, new TruncationSpec(2))).Message, StringComparison.Ordinal);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => TruncatedBptt.Train(engine, batch, new TruncationSpec(2))).Message, StringComparison.Ordinal);
    }

    private static RnnSpec Spec(RecurrentCell cell) => new() { Cell = cell, InputSize = 4, HiddenSize = 5, OutputSize = 3, Layers = 2 };

    // What sequence b alone contributes, with states that do not depend on the weights.
    private static double WindowLosses(ManualEngine<double> engine, SequenceBatch<double> batch, int b, RnnState<double>[] states, int between, int back)
    {
        var spec = engine.Spec;
        var length = batch.LengthOf(b);
        var total = 0.0;
        for (var first = 0; first < length; first += between)
        {
            var (start, end) = (Math.Max(0, first + between - back), Math.Min(length, first + between));
            if (spec.Outputs == OutputMode.LastStep)
            {
                if (end == length)
                {
                    total += LossOf(engine.Forward(Alone(batch, b, start, end, states[start])).Outputs.Row(0), b);
                }

                continue;
            }

            var y = engine.Forward(Alone(batch, b, start, end, states[start])).Outputs;
            for (var t = first; t < end; t++)
            {
                total += LossOf(y.Row(t - start), (t * batch.BatchSize) + b);
            }
        }

        return spec.Reduction == Reduction.Sum ? total : total / (spec.Outputs == OutputMode.LastStep ? batch.BatchSize : batch.Lengths!.Sum());

        double LossOf(Span<double> output, int row)
        {
            var values = output.ToArray();
            if (spec.Loss == LossKind.CrossEntropy)
            {
                return Math.Log(values.Sum(Math.Exp)) - values[batch.Targets!.Classes!.Data[row]];
            }

            var target = batch.Targets!.Values!.Row(row).ToArray();
            return values.Zip(target, (y, t) => (y - t) * (y - t)).Sum() / 2;
        }
    }

    private static RnnState<double> StateBefore(ManualEngine<double> engine, SequenceBatch<double> batch, int b, int t)
    {
        var initial = new RnnState<double>
        {
            Hidden = Sequence(batch.InitialState!.Hidden, b),
            Cell = batch.InitialState.Cell is { } cell ? Sequence(cell, b) : null,
        };
        return t == 0 ? initial : engine.Forward(Alone(batch, b, 0, t, initial)).FinalState;
    }

    private static SequenceBatch<double> Alone(SequenceBatch<double> batch, int b, int start, int end, RnnState<double> state)
    {
        return new() { Inputs = new(Sequence(batch.Inputs.Values!.Cut(start, end), b)), InitialState = state };
    }

    // (N, B, M) at one of B.
    private static NdArray<double> Sequence(NdArray<double> values, int b)
    {
        var (count, batchSize) = (values.Shape[0], values.Shape[1]);
        return new([.. Enumerable.Range(0, count).SelectMany(n => values.Row((n * batchSize) + b).ToArray())], count, 1, values.Columns);
    }

    private static IEnumerable<double> Flat(RnnWeights<double> weights) => weights.Tensors.SelectMany(tensor => tensor.Values.Data);

    private static IEnumerable<double> All(GradientResult<double> result)
    {
        return [result.Loss, .. Flat(result.Weights), .. result.Inputs?.Data ?? [], .. result.InitialState.Hidden.Data, .. result.InitialState.Cell?.Data ?? [], .. result.Hidden!.Data];
    }
}

using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Engines;

public class GradientPropertyTests
{
    [Fact]
    public void GradientOfABatch_IsTheSumOfItsSequences()
    {
        RandomCase.ForAll(60, example =>
        {
            var spec = example.Spec with { Reduction = Reduction.Sum };
            var batch = example.Batch;
            var weights = new RnnWeights<double>(spec);
            weights.CopyFrom(example.Weights);
            using var engine = new ManualEngine<double>(weights);
            var sum = new RnnWeights<double>(spec);
            for (var b = 0; b < batch.BatchSize; b++)
            {
                foreach (var (total, part) in sum.Tensors.Zip(engine.Gradients(Sequence(batch, b)).Weights.Tensors))
                {
                    for (var i = 0; i < total.Values.Length; i++)
                    {
                        total.Values.Data[i] += part.Values.Data[i];
                    }
                }
            }

            Agreement.Require(sum, engine.Gradients(batch).Weights, 1e-12);
            return true;
        });
    }

    [Fact]
    public void Padding_ChangesNothing()
    {
        RandomCase.ForAll(60, example =>
        {
            var batch = example.Batch;
            using var engine = new ManualEngine<double>(example.Weights);
            var padded = Padded(batch, extraSteps: 3);
            var (expected, actual) = (engine.Gradients(batch), engine.Gradients(padded));
            Assert.Equal(expected.Loss, actual.Loss);
            Agreement.Require(expected.Weights, actual.Weights, 0);
            Agreement.Require("dh0", expected.InitialState.Hidden, actual.InitialState.Hidden, 0);
            Agreement.Require("final h", engine.Forward(batch).FinalState.Hidden, engine.Forward(padded).FinalState.Hidden, 0);
            return true;
        });
    }

    private static SequenceBatch<double> Sequence(SequenceBatch<double> batch, int b)
    {
        return new()
        {
            Inputs = batch.Inputs.Values is { } values ? new(Column(values, b)) : new(Column(batch.Inputs.Tokens!, b)),
            Targets = batch.Targets!.Values is { } targets ? new(TargetsOf(targets, batch, b)) : new(TargetsOf(batch.Targets.Classes!, batch, b)),
            Lengths = batch.Lengths is null ? null : [batch.Lengths[b]],
            InitialState = batch.InitialState is { } state
                ? new() { Hidden = Column(state.Hidden, b), Cell = state.Cell is { } cell ? Column(cell, b) : null }
                : null,
        };
    }

    // Targets of the last step have no axis of time.
    private static NdArray<TElement> TargetsOf<TElement>(NdArray<TElement> targets, SequenceBatch<double> batch, int b)
        where TElement : unmanaged
    {
        return HasTime(batch) ? Column(targets, b) : Column(targets.Reshape([1, .. targets.Shape]), b).Reshape([1, .. targets.Shape[1..]]);
    }

    private static bool HasTime(SequenceBatch<double> batch)
    {
        return batch.Targets!.Values is { } values ? values.Rank == 3 : batch.Targets.Classes!.Rank == 2;
    }

    private static NdArray<TElement> Column<TElement>(NdArray<TElement> array, int b)
        where TElement : unmanaged
    {
        int[] shape = [array.Shape[0], 1, .. array.Shape[2..]];
        var result = new NdArray<TElement>(shape);
        var width = result.Length / shape[0];
        for (var t = 0; t < shape[0]; t++)
        {
            array.Step(t).Slice(b * width, width).CopyTo(result.Step(t));
        }

        return result;
    }

    // More steps with rubbish in them: NaN where numbers stand, indices of no class where indices stand.
    private static SequenceBatch<double> Padded(SequenceBatch<double> batch, int extraSteps)
    {
        return batch with
        {
            Inputs = batch.Inputs.Values is { } x ? new(Longer(x, double.NaN)) : new(Longer(batch.Inputs.Tokens!, -1)),
            Targets = !HasTime(batch) ? batch.Targets : batch.Targets!.Values is { } targets ? new(Longer(targets, double.NaN)) : new(Longer(batch.Targets.Classes!, -100)),
            Lengths = batch.Lengths ?? [.. Enumerable.Repeat(batch.Steps, batch.BatchSize)],
        };

        NdArray<TElement> Longer<TElement>(NdArray<TElement> array, TElement rubbish)
            where TElement : unmanaged
        {
            var result = new NdArray<TElement>([array.Shape[0] + extraSteps, .. array.Shape[1..]]);
            result.Span.Fill(rubbish);
            array.Span.CopyTo(result.Span);
            return result;
        }
    }
}

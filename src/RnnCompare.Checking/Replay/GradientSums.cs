using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>The gradients of weights, added over steps and sequences.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class GradientSums<T>(ForwardPass<T> forward, RecurrenceVariant recurrence, SumVariant variant, Arithmetic<T> arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private RnnSpec Spec => forward.Spec;

    /// <summary>dWhy (O, D·H).</summary>
    public NdArray<T> Why(NdArray<T> dy)
    {
        var sum = new NdArray<T>(Spec.OutputSize, Spec.FeatureSize);
        arithmetic.AddProduct(Selected(dy, variant.OutputSteps).View().Transposed, forward.OutputInputs().View(), sum.View());
        return sum;
    }

    /// <summary>dby (O).</summary>
    public NdArray<T> By(NdArray<T> dy)
    {
        var sum = new NdArray<T>(Spec.OutputSize);
        AddBias(Selected(dy, variant.OutputSteps), variant.OutputBias, gates: 1, (t, b) => t == 0, (t, b) => t == forward.Lengths[b] - 1, sum);
        return sum;
    }

    /// <summary>dWxh of a layer and direction.</summary>
    public NdArray<T> Wxh(int index, LayerAdjoints<T> adjoints)
    {
        var tape = forward.Layers[index];
        var delta = Copied(TensorNames.Wxh, variant.RunningInputDelta ? RunningSum(tape, adjoints.dz) : adjoints.dz);
        var inputs = variant.NetworkInput ? forward.Layers[0].Inputs : tape.Inputs;
        var sum = new NdArray<T>(Spec.GateRows, Spec.LayerInputSize(index / Spec.Directions));
        inputs.AddGradient(Selected(delta, tape, variant.HiddenSteps), sum, arithmetic);
        return sum;
    }

    /// <summary>dWhh (G·H, H) of a layer and direction.</summary>
    public NdArray<T> Whh(int index, LayerAdjoints<T> adjoints)
    {
        var (tape, size) = (forward.Layers[index], Spec.HiddenSize);
        var delta = Copied(TensorNames.Whh, RecurrentDelta(index, adjoints));
        delta = Selected(variant.RunningHiddenDelta ? RunningSum(tape, delta) : delta, tape, variant.HiddenSteps);
        var h = PreviousStates(tape);
        var sum = new NdArray<T>(Spec.GateRows, size);
        for (var gate = 0; gate < Spec.Cell.Gates.Count; gate++)
        {
            var operand = forward.Equations[index].RecurrentOperand(tape, gate, h, recurrence);
            arithmetic.AddProduct(delta.View().ColumnRange(gate * size, size).Transposed, operand.View(), sum.View().RowRange(gate * size, size));
        }

        return sum;
    }

    /// <summary>dbh (G·H) of a layer and direction.</summary>
    public NdArray<T> Bh(int index, LayerAdjoints<T> adjoints)
    {
        var tape = forward.Layers[index];
        var sum = new NdArray<T>(Spec.GateRows);
        var delta = Selected(Copied(TensorNames.Bh, adjoints.dz), tape, variant.HiddenSteps);
        AddBias(delta, variant.HiddenBias, Spec.Cell.Gates.Count, tape.IsFirst, tape.IsLast, sum);
        return sum;
    }

    /// <summary>dbhn (H) of a layer and direction.</summary>
    public NdArray<T> Bhn(int index, LayerAdjoints<T> adjoints)
    {
        var (tape, size) = (forward.Layers[index], Spec.HiddenSize);
        var candidate = Spec.Cell.Gates.Count - 1;
        var delta = new NdArray<T>(tape.Steps, tape.BatchSize, size);
        RecurrentDelta(index, adjoints).View().ColumnRange(candidate * size, size).CopyTo(delta.View());
        var sum = new NdArray<T>(size);
        AddBias(Selected(delta, tape, variant.HiddenSteps), variant.CandidateBias, gates: 1, tape.IsFirst, tape.IsLast, sum);
        return sum;
    }

    // dz with, where the cell says so, dm in the candidate's place.
    private NdArray<T> RecurrentDelta(int index, LayerAdjoints<T> adjoints)
    {
        var (gates, size) = (Spec.Cell.Gates.Count, Spec.HiddenSize);
        var delta = adjoints.dz;
        for (var gate = 0; gate < gates; gate++)
        {
            if (forward.Equations[index].UsesInnerAdjoint(gate, recurrence))
            {
                delta = delta.Clone();
                adjoints.dm.View().CopyTo(delta.View().ColumnRange(gate * size, size));
            }
        }

        return delta;
    }

    private NdArray<T> Copied(string array, NdArray<T> delta)
    {
        if (variant.GateCopy is not { } copy || copy.Array != array)
        {
            return delta;
        }

        var size = Spec.HiddenSize;
        var copied = delta.Clone();
        delta.View().ColumnRange(copy.From * size, size).CopyTo(copied.View().ColumnRange(copy.To * size, size));
        return copied;
    }

    private NdArray<T> PreviousStates(LayerTape<T> tape)
    {
        if (variant.HiddenOperand == HiddenOperand.Previous)
        {
            return tape.HPrevious;
        }

        if (variant.HiddenOperand == HiddenOperand.SameStep)
        {
            return tape.H;
        }

        var h = tape.HPrevious.Clone();
        for (var row = 0; row < h.Rows; row++)
        {
            var (t, b) = int.DivRem(row, tape.BatchSize);
            if (tape.IsFirst(t, b))
            {
                h.Row(row).Clear();
                if (variant.HiddenOperand == HiddenOperand.WrapsAround)
                {
                    tape.FinalH.Row(b).CopyTo(h.Row(row));
                }
            }
        }

        return h;
    }

    // What `dbh += dz` has gathered when the loop, coming from the end, has added step t.
    private static NdArray<T> RunningSum(LayerTape<T> tape, NdArray<T> dz)
    {
        var sums = dz.Clone();
        for (var order = tape.Steps - 2; order >= 0; order--)
        {
            var sum = sums.Step(tape.StepAt(order));
            var later = sums.Step(tape.StepAt(order + 1));
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += later[i];
            }
        }

        return sums;
    }

    private NdArray<T> Selected(NdArray<T> delta, LayerTape<T> tape, SummedSteps steps)
    {
        return Keep(delta, steps, tape.IsFirst, tape.IsLast);
    }

    // The output layer's one step, where only the last has an output, is in no loop.
    private NdArray<T> Selected(NdArray<T> dy, SummedSteps steps)
    {
        return Spec.Outputs == OutputMode.LastStep ? dy : Keep(dy, steps, (t, b) => t == 0, (t, b) => t == forward.Lengths[b] - 1);
    }

    private NdArray<T> Keep(NdArray<T> delta, SummedSteps steps, Func<int, int, bool> isFirst, Func<int, int, bool> isLast)
    {
        if (steps == SummedSteps.All)
        {
            return delta;
        }

        var kept = delta.Clone();
        for (var row = 0; row < kept.Rows; row++)
        {
            var (t, b) = int.DivRem(row, forward.Lengths.Length);
            var keep = steps switch
            {
                SummedSteps.First => isFirst(t, b),
                SummedSteps.Last => isLast(t, b),
                SummedSteps.ExceptFirst => !isFirst(t, b),
                _ => !isLast(t, b),
            };
            if (!keep)
            {
                kept.Row(row).Clear();
            }
        }

        return kept;
    }

    private void AddBias(NdArray<T> delta, BiasSum rule, int gates, Func<int, int, bool> isFirst, Func<int, int, bool> isLast, NdArray<T> sum)
    {
        arithmetic.AddColumnSums(delta.View(), sum.Span);
        if (rule.Kind == BiasSumKind.All)
        {
            return;
        }

        var wrong = new NdArray<T>(sum.Length);
        arithmetic.AddColumnSums(Chosen(delta, rule, isFirst, isLast).View(), wrong.Span);
        var (factor, size) = (rule.Kind is BiasSumKind.FirstDoubled or BiasSumKind.Twice ? T.One + T.One : T.One, sum.Length / gates);
        for (var i = 0; i < sum.Length; i++)
        {
            if ((rule.Gates >> (i / size) & 1) == 1)
            {
                sum.Data[i] = factor * wrong.Data[i];
            }
        }
    }

    private NdArray<T> Chosen(NdArray<T> delta, BiasSum rule, Func<int, int, bool> isFirst, Func<int, int, bool> isLast)
    {
        var chosen = delta.Clone();
        for (var row = 0; row < chosen.Rows; row++)
        {
            var (t, b) = int.DivRem(row, forward.Lengths.Length);
            var keep = rule.Kind switch
            {
                BiasSumKind.First or BiasSumKind.FirstDoubled => isFirst(t, b),
                BiasSumKind.Last => isLast(t, b),
                BiasSumKind.OneSequence => b == rule.Sequence,
                BiasSumKind.Missing => false,
                _ => true,
            };
            if (!keep)
            {
                chosen.Row(row).Clear();
            }
        }

        return chosen;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>The loop back through time, layer by layer from the top.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class BackwardPass<T>(ForwardPass<T> forward, RecurrenceVariant variant, Arithmetic<T> arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The adjoints of every layer and direction.</summary>
    /// <param name="dFeatures">What reaches the top layer's states from the outputs (T, B, D·H).</param>
    public LayerAdjoints<T>[] Run(NdArray<T> dFeatures)
    {
        var adjoints = new LayerAdjoints<T>[forward.Layers.Length];
        for (var layer = forward.Spec.Layers - 1; layer >= 0; layer--)
        {
            for (var direction = 0; direction < forward.Spec.Directions; direction++)
            {
                var index = (layer * forward.Spec.Directions) + direction;
                adjoints[index] = RunLoop(index, LayerStack<T>.Half(forward, dFeatures, direction));
            }

            if (layer > 0)
            {
                dFeatures = LayerStack<T>.InputAdjoint(forward, adjoints, layer, arithmetic);
            }
        }

        return adjoints;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LayerAdjoints<T> RunLoop(int index, NdArray<T> direct)
    {
        var tape = forward.Layers[index];
        var adjoints = new LayerAdjoints<T>(tape);
        var (none, stale) = (StepAdjoints<T>.Zeros(tape), StepAdjoints<T>.Zeros(tape));
        var (state, previous, carry) = (StepAdjoints<T>.Zeros(tape), StepAdjoints<T>.Zeros(tape), StepAdjoints<T>.Zeros(tape));
        for (var order = tape.Steps - 1; order >= 0; order--)
        {
            var t = tape.StepAt(order);
            var arriving = Arriving(tape, t, carry, stale, none);
            Sum(direct.Step(t), arriving.dh.Span, state.dh.Span);
            arriving.dc.Span.CopyTo(state.dc.Span);
            if (variant.Carry.Kind is CarryKind.SameStep or CarryKind.SameStepButLast)
            {
                direct.Step(t).CopyTo(state.dh.Span);
                forward.Equations[index].Backward(tape, t, state, variant, adjoints, previous);
                for (var b = 0; b < tape.BatchSize; b++)
                {
                    if (variant.Carry.Kind == CarryKind.SameStepButLast && tape.IsLast(t, b))
                    {
                        previous.dh.Row(b).Clear();
                    }
                }

                Sum(direct.Step(t), previous.dh.Span, state.dh.Span);
            }

            forward.Equations[index].Backward(tape, t, state, variant, adjoints, previous);
            state.dh.Span.CopyTo(adjoints.dh.Step(t));
            Mask(tape, t, adjoints, carry, previous, stale);
            (carry, previous) = (previous, carry);
        }

        adjoints.Initial = carry;
        return adjoints;
    }

    // What the loop adds at step t of what the step after it carried back.
    private StepAdjoints<T> Arriving(LayerTape<T> tape, int t, StepAdjoints<T> carry, StepAdjoints<T> stale, StepAdjoints<T> none)
    {
        if (variant.Carry.Kind == CarryKind.Windows && (tape.OrderOf(t) + 1) % variant.Carry.Steps == 0)
        {
            return none;
        }

        var dh = variant.Carry.Kind switch
        {
            CarryKind.Dropped => none.dh,
            CarryKind.NotRotated => stale.dh,
            _ => carry.dh,
        };
        var dc = variant.CellCarry switch
        {
            CellCarry.Dropped => none.dc,
            CellCarry.NotRotated => stale.dc,
            _ => carry.dc,
        };
        return new(dh, dc);
    }

    // Steps past an end, and steps that the loop does not visit, have no dz; the carry passes them as it was.
    private void Mask(LayerTape<T> tape, int t, LayerAdjoints<T> adjoints, StepAdjoints<T> carry, StepAdjoints<T> previous, StepAdjoints<T> stale)
    {
        for (var b = 0; b < tape.BatchSize; b++)
        {
            var row = (t * tape.BatchSize) + b;
            if (tape.IsActive(t, b))
            {
                if (tape.IsLast(t, b))
                {
                    previous.dh.Row(b).CopyTo(stale.dh.Row(b));
                    previous.dc.Row(b).CopyTo(stale.dc.Row(b));
                }

                if (!IsSkipped(tape, t, b))
                {
                    continue;
                }
            }

            adjoints.dz.Row(row).Clear();
            adjoints.dm.Row(row).Clear();
            adjoints.dh.Row(row).Clear();
            carry.dh.Row(b).CopyTo(previous.dh.Row(b));
            carry.dc.Row(b).CopyTo(previous.dc.Row(b));
        }
    }

    private bool IsSkipped(LayerTape<T> tape, int t, int b)
    {
        return (variant.Range == LoopRange.FirstSkipped && tape.IsFirst(t, b)) || (variant.Range == LoopRange.LastSkipped && tape.IsLast(t, b));
    }

    private static void Sum(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = a[i] + b[i];
        }
    }
}

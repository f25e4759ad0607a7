using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Backward passes in which the loss of each step reaches back over k steps, for k = 1, 2, … in turn.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// The loop is linear in its adjoints, so the pass for k is the sum of k levels: level j holds, for every step, what the loss
/// j steps later sends there. Each level follows from the one before by one step back, and k+1 costs one level more than k.
/// </remarks>
internal sealed class TruncatedPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ForwardPass<T> _forward;
    private readonly RecurrenceVariant _variant;
    private readonly Arithmetic<T> _arithmetic;
    private NdArray<T> _dFeatures;
    private StepAdjoints<T>[] _arriving; // (T, B, H) each

    public TruncatedPass(ForwardPass<T> forward, RecurrenceVariant variant, NdArray<T> dFeatures, Arithmetic<T> arithmetic)
    {
        (_forward, _variant, _dFeatures, _arithmetic) = (forward, variant, dFeatures, arithmetic);
        _arriving = NoCarry();
        Adjoints = [.. forward.Layers.Select(tape => new LayerAdjoints<T>(tape))];
    }

    /// <summary>k, the levels added up so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The adjoints for the present k; the next level is added to them.</summary>
    public LayerAdjoints<T>[] Adjoints { get; }

    /// <summary>Adds the next level.</summary>
    public void Extend()
    {
        var (level, carried) = (new LayerAdjoints<T>[Adjoints.Length], NoCarry());
        var dFeatures = _dFeatures;
        for (var layer = _forward.Spec.Layers - 1; layer >= 0; layer--)
        {
            for (var direction = 0; direction < _forward.Spec.Directions; direction++)
            {
                var index = (layer * _forward.Spec.Directions) + direction;
                level[index] = new(_forward.Layers[index]);
                StepBack(index, LayerStack<T>.Half(_forward, dFeatures, direction), level[index], carried[index]);
                Add(level[index], Adjoints[index]);
            }

            if (layer > 0)
            {
                dFeatures = LayerStack<T>.InputAdjoint(_forward, level, layer, _arithmetic);
            }
        }

        // Only level 0 hears of the loss itself.
        _dFeatures = new([.. _dFeatures.Shape]);
        _arriving = carried;
        Steps++;
    }

    private StepAdjoints<T>[] NoCarry()
    {
        return [.. _forward.Layers.Select(tape => new StepAdjoints<T>(new([.. tape.H.Shape]), new([.. tape.H.Shape])))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepBack(int index, NdArray<T> direct, LayerAdjoints<T> level, StepAdjoints<T> carried)
    {
        var tape = _forward.Layers[index];
        var previous = StepAdjoints<T>.Zeros(tape);
        for (var t = 0; t < tape.Steps; t++)
        {
            var state = StepAdjoints<T>.Zeros(tape);
            for (var i = 0; i < state.dh.Length; i++)
            {
                state.dh.Data[i] = direct.Step(t)[i] + _arriving[index].dh.Step(t)[i];
            }

            _arriving[index].dc.Step(t).CopyTo(state.dc.Span);
            if (!state.dh.Span.ContainsAnyExcept(T.Zero) && !state.dc.Span.ContainsAnyExcept(T.Zero))
            {
                // Level k reaches no step within k of the end.
                continue;
            }

            _forward.Equations[index].Backward(tape, t, state, _variant, level, previous);
            state.dh.Span.CopyTo(level.dh.Step(t));
            for (var b = 0; b < tape.BatchSize; b++)
            {
                Distribute(index, t, b, level, previous, carried);
            }
        }
    }

    private void Distribute(int index, int t, int b, LayerAdjoints<T> level, StepAdjoints<T> previous, StepAdjoints<T> carried)
    {
        var tape = _forward.Layers[index];
        var row = (t * tape.BatchSize) + b;
        var skipped = (_variant.Range == LoopRange.FirstSkipped && tape.IsFirst(t, b)) || (_variant.Range == LoopRange.LastSkipped && tape.IsLast(t, b));
        if (!tape.IsActive(t, b) || skipped)
        {
            level.dz.Row(row).Clear();
            level.dm.Row(row).Clear();
            level.dh.Row(row).Clear();
            return;
        }

        if (tape.IsFirst(t, b))
        {
            previous.dh.Row(b).CopyTo(level.Initial.dh.Row(b));
            previous.dc.Row(b).CopyTo(level.Initial.dc.Row(b));
            return;
        }

        var before = ((t - (tape.After(t) - t)) * tape.BatchSize) + b;
        previous.dh.Row(b).CopyTo(carried.dh.Row(before));
        previous.dc.Row(b).CopyTo(carried.dc.Row(before));
    }

    private static void Add(LayerAdjoints<T> level, LayerAdjoints<T> sum)
    {
        AddTo(level.dz, sum.dz);
        AddTo(level.dm, sum.dm);
        AddTo(level.dh, sum.dh);
        AddTo(level.Initial.dh, sum.Initial.dh);
        AddTo(level.Initial.dc, sum.Initial.dc);
    }

    private static void AddTo(NdArray<T> source, NdArray<T> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination.Data[i] += source.Data[i];
        }
    }
}

using System.Numerics;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Checking.Comparison;

/// <summary>The right pass, and repeats of it that round otherwise.</summary>
internal static class RepeatedPass
{
    /// <summary>Everything that a pass computes, in float64.</summary>
    public static TensorSet Reference(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        return CellEquations<double>.Knows(weights.Spec.Cell) ? Replayed(weights, batch, Arithmetic<double>.Plain) : Computed(weights, batch);
    }

    /// <summary>The same in a precision, with other roundings.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="seed">Chooses the roundings.</param>
    public static TensorSet Repeat(RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision, int seed)
    {
        var single = precision == Precision.Float32;
        if (CellEquations<double>.Knows(weights.Spec.Cell))
        {
            return single
                ? Replayed(weights.Convert<float>(), batch.Convert<double, float>(), Arithmetic<float>.Wobbling(seed))
                : Replayed(weights, batch, Arithmetic<double>.Wobbling(seed));
        }

        // A cell whose equations only its engine knows: its operands wobble, since a backward-stable computation is the exact one of such operands.
        var wobble = new Wobble(seed, precision);
        var (moved, movedBatch) = (wobble.Apply(weights), wobble.Apply(batch));
        return single ? Computed(moved.Convert<float>(), movedBatch.Convert<double, float>()) : Computed(moved, movedBatch);
    }

    private static TensorSet Replayed<T>(RnnWeights<T> weights, SequenceBatch<T> batch, Arithmetic<T> arithmetic)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new ReplayedPass<T>(weights, batch, arithmetic).All(Variant.Right);
    }

    private static TensorSet Computed<T>(RnnWeights<T> weights, SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var engine = new ManualEngine<T>(weights);
        var set = TensorSet.Of(weights.Spec, engine.Forward(batch));
        set.AddAll(TensorSet.Of(engine.Gradients(batch)));
        return set;
    }
}

using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Comparison;

/// <summary>What rounding costs where only an engine knows the way: cells without equations of their own here, and truncated gradients.</summary>
internal static class WobblingEngine
{
    private const int Repeats = 8;

    /// <summary>Raises a floor by the distance of engines whose operands wobble: a backward-stable computation is the exact one of such operands.</summary>
    public static void Widen(NoiseFloor floor, RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision, TruncationSpec? truncation)
    {
        var reference = Compute(weights, batch, truncation);
        for (var seed = 0; seed < Repeats; seed++)
        {
            var wobble = new Wobble(seed, precision);
            var (moved, movedBatch) = (wobble.Apply(weights), wobble.Apply(batch));
            var repeat = precision == Precision.Float32 ? Compute(moved.Convert<float>(), movedBatch.Convert<double, float>(), truncation) : Compute(moved, movedBatch, truncation);
            foreach (var (name, values) in reference.Tensors)
            {
                floor.Widen(weights.Spec, name, values, repeat.Find(name)!);
            }
        }
    }

    private static TensorSet Compute<T>(RnnWeights<T> weights, SequenceBatch<T> batch, TruncationSpec? truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using IRnnEngine<T> engine = weights.Spec.Cell is HandWrittenCell ? new ManualEngine<T>(weights) : new EquationsEngine<T>(weights);
        var set = TensorSet.Of(weights.Spec, engine.Forward(batch));
        set.AddAll(TensorSet.Of(truncation is null ? engine.Gradients(batch) : TruncatedBptt.Gradients(engine, batch, truncation)));
        return set;
    }
}

using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Comparison;

/// <summary>What rounding costs where only an engine knows the way: cells without equations of their own here, and truncated gradients.</summary>
internal static class WobblingEngine
{
    private const int Repeats = 8;

    /// <summary>Raises a floor by the distance of engines whose operands wobble: a backward-stable computation is the exact one of such operands.</summary>
    public static void Widen(NoiseFloor floor, RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision, TruncationSpec? truncation, Func<string, bool>? concerns = null)
    {
        var reference = Compute(weights, batch, truncation);
        for (var seed = 0; seed < Repeats; seed++)
        {
            var wobble = new Wobble(seed, precision);
            var (moved, movedBatch) = (wobble.Apply(weights), wobble.Apply(batch));
            var repeat = precision == Precision.Float32 ? Compute(moved.Convert<float>(), movedBatch.Convert<double, float>(), truncation) : Compute(moved, movedBatch, truncation);
            foreach (var (name, values) in reference.Tensors.Where(tensor => concerns?.Invoke(tensor.Name) != false))
            {
                floor.Widen(weights.Spec, name, values, repeat.Find(name)!);
            }
        }
    }

    private static TensorSet Compute<T>(RnnWeights<T> weights, SequenceBatch<T> batch, TruncationSpec? truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var engine = CellEngine.Create(weights);
        return Everything(engine, batch, truncation);
    }

    /// <summary>All that an engine computes, the probabilities of cross-entropy among it.</summary>
    public static TensorSet Everything<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec? truncation = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var forward = engine.Forward(batch);
        var set = TensorSet.Of(engine.Spec, forward);
        if (engine.Spec.Loss == LossKind.CrossEntropy)
        {
            var (y, p) = (forward.Outputs, forward.Outputs.Clone());
            Function.Softmax.Evaluate<T>(y.Span, p.Span, y.Columns);
            set.Add("p", p.Convert<T, double>());
        }

        set.AddAll(TensorSet.Of(truncation is null ? engine.Gradients(batch) : TruncatedBptt.Gradients(engine, batch, truncation)));
        return set;
    }
}

using System.Collections.Concurrent;
using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Comparison;

/// <summary>What rounding costs a network on a batch: the equations of its cell, repeated with operands that wobble, and so do the values of all statements and functions.</summary>
/// <param name="weights">The weights.</param>
/// <param name="batch">The batch, with targets.</param>
/// <param name="truncation">How far the gradients go back; null for full backpropagation through time.</param>
internal sealed class EngineRounding(RnnWeights<double> weights, SequenceBatch<double> batch, TruncationSpec? truncation = null)
{
    private const int Repeats = 8;
    private readonly ConcurrentDictionary<Precision, Lazy<NoiseFloor>> _floors = [];

    /// <summary>Everything that the engine of the cell computes in float64.</summary>
    public TensorSet Right { get; } = Exact(weights, batch, truncation);

    /// <summary>Raises a floor by what rounding costs.</summary>
    /// <param name="floor">The floor.</param>
    /// <param name="precision">The precision of the arrays.</param>
    /// <param name="concerns">The names of the arrays; null for all.</param>
    public void Widen(NoiseFloor floor, Precision precision, Func<string, bool>? concerns = null)
    {
        floor.Widen(_floors.GetOrAdd(precision, _ => new(() => Measured(precision))).Value, concerns ?? (_ => true));
    }

    private NoiseFloor Measured(Precision precision)
    {
        var floor = new NoiseFloor(_ => precision, multiple: 1);
        Parallel.For(0, Repeats, seed =>
        {
            var repeat = Repeat(seed, precision);
            lock (floor)
            {
                foreach (var (name, values) in Right.Tensors)
                {
                    floor.Widen(weights.Spec, name, values, repeat.Find(name)!);
                }

                if (repeat.Find("p") is { } p)
                {
                    floor.Widen(weights.Spec, "loss", Right.Find("loss")!, new([LossOf(p, precision)]));
                }
            }
        });

        // A sum of n terms, one after the other, is off by a random walk of n roundings.
        var loss = Right.Find("loss")!;
        floor.Widen(weights.Spec, "loss", loss, new([loss.Data[0] * (1 + (precision.UnitRoundoff() * Math.Sqrt(batch.CountedOutputs(weights.Spec.Outputs))))]));
        return floor;
    }

    // Many programs take the logarithm of a probability, which is imprecise where that is about to underflow; this project does not.
    private double LossOf(NdArray<double> p, Precision precision)
    {
        var (loss, y, lossWeights) = (0.0, Right.Find("y")!, batch.LossWeightsFor(weights.Spec));
        for (var row = 0; row < lossWeights.Length; row++)
        {
            var target = (int)batch.Targets!.Classes!.Data[row];
            if (lossWeights.Data[row] != 0)
            {
                var next = precision == Precision.Float32 ? float.BitIncrement((float)p[row, target]) : double.BitIncrement(p[row, target]);
                loss -= lossWeights.Data[row] * (p[row, target] > 0 ? Math.Log(next) : LogProbability(y.Row(row), target));
            }
        }

        return loss;
    }

    private static double LogProbability(ReadOnlySpan<double> y, int target)
    {
        var (largest, sum) = (Vectors.Max(y), 0.0);
        foreach (var value in y)
        {
            sum += Math.Exp(value - largest);
        }

        return y[target] - largest - Math.Log(sum);
    }

    private TensorSet Repeat(int seed, Precision precision)
    {
        var wobble = new Wobble(seed, precision);
        var (moved, movedBatch) = (wobble.Apply(weights), wobble.Apply(batch));
        return precision == Precision.Float32 ? Compute(moved.Convert<float>(), movedBatch.Convert<double, float>(), wobble) : Compute(moved, movedBatch, wobble);
    }

    private TensorSet Compute<T>(RnnWeights<T> moved, SequenceBatch<T> movedBatch, Wobble wobble)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var engine = new EquationsEngine<T>(moved, disturbance: wobble.Move);
        return TensorSet.Of(engine, movedBatch, truncation);
    }

    private static TensorSet Exact(RnnWeights<double> weights, SequenceBatch<double> batch, TruncationSpec? truncation)
    {
        using var engine = CellEngine.Create(weights);
        return TensorSet.Of(engine, batch, truncation);
    }
}

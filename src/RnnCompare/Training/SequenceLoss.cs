using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Training;

/// <summary>The losses of a batch and their gradients with respect to the outputs.</summary>
internal static class SequenceLoss
{
    /// <summary>Adds up the loss of every output that counts.</summary>
    /// <param name="spec">Which loss, which outputs count, and whether they are averaged.</param>
    /// <param name="batch">The targets and lengths; already prepared.</param>
    /// <param name="y">Outputs, (T·B, O) or (B, O).</param>
    /// <param name="dy">The gradient in the same shape, overwritten; zero where an output does not count.</param>
    /// <returns>The loss, summed in double precision.</returns>
    public static double Compute<T>(RnnSpec spec, SequenceBatch<T> batch, NdArray<T> y, NdArray<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var everyStep = spec.Outputs == OutputMode.EveryStep;
        var common = spec.Reduction == Reduction.Mean ? 1.0 / batch.CountedOutputs(spec.Outputs) : 1.0;
        var total = 0.0;
        for (var row = 0; row < y.Rows; row++)
        {
            var (t, b) = int.DivRem(row, batch.BatchSize);
            var weight = batch.LossWeights is { } weights ? double.CreateChecked(weights.Data[row]) : common;
            if (weight == 0 || (everyStep && t >= batch.LengthOf(b)))
            {
                dy.Row(row).Clear();
                continue;
            }

            var scale = T.CreateTruncating(weight);
            total += weight * (spec.Loss == LossKind.CrossEntropy
                ? CrossEntropy.Compute<T>(y.Row(row), (int)batch.Targets!.Classes!.Data[row], scale, dy.Row(row))
                : SquaredError(y.Row(row), batch.Targets!.Values!.Row(row), scale, dy.Row(row)));
        }

        return total;
    }

    // ½·Σ(y − t)²;  dy = y − t.
    private static double SquaredError<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> target, T scale, Span<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = 0.0;
        for (var o = 0; o < y.Length; o++)
        {
            var error = y[o] - target[o];
            sum += double.CreateChecked(error) * double.CreateChecked(error);
            dy[o] = error * scale;
        }

        return sum / 2;
    }
}

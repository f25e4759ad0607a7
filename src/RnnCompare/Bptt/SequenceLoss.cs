using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>The losses of a batch and their gradients with respect to the outputs.</summary>
internal static class SequenceLoss
{
    // Elements that a part should have at least.
    private const int PartSize = 1 << 18;

    /// <summary>Adds up the loss of every output that counts.</summary>
    /// <param name="spec">Which loss, which outputs count, and whether they are averaged.</param>
    /// <param name="batch">The targets and lengths; already prepared.</param>
    /// <param name="y">Outputs, (T·B, O) or (B, O).</param>
    /// <param name="dy">The gradient in the same shape, overwritten; zero where an output does not count.</param>
    /// <param name="losses">The weighted loss of every row of y, overwritten.</param>
    /// <param name="workers">Who shares the rows.</param>
    /// <returns>The loss, summed in double precision and in the order of the rows.</returns>
    public static double Compute<T>(RnnSpec spec, SequenceBatch<T> batch, NdArray<T> y, NdArray<T> dy, double[] losses, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var common = 1.0 / batch.LossDivisor(spec);
        var job = new Job<T>(spec, batch, y, dy, losses, common, workers.PartsFor(y.Length, PartSize));
        workers.Run(job.Parts, ref job, static (ref Job<T> job, int part) => Compute(job, part));
        var total = 0.0;
        foreach (var loss in losses)
        {
            total += loss;
        }

        return total;
    }

    private static void Compute<T>(Job<T> job, int part)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (spec, batch, y, dy, losses, common, parts) = job;
        var everyStep = spec.Outputs == OutputMode.EveryStep;
        var (start, count) = Workers.Share(y.Rows, part, parts);
        for (var row = start; row < start + count; row++)
        {
            var (t, b) = int.DivRem(row, batch.BatchSize);
            var weight = batch.LossWeights is { } weights ? double.CreateChecked(weights.Data[row]) : common;
            if (weight == 0 || (everyStep && t >= batch.LengthOf(b)))
            {
                dy.Row(row).Clear();
                losses[row] = 0;
                continue;
            }

            var scale = T.CreateTruncating(weight);
            losses[row] = weight * (spec.Loss == LossKind.CrossEntropy
                ? CrossEntropy.Compute<T>(y.Row(row), (int)batch.Targets!.Classes!.Data[row], scale, dy.Row(row))
                : SquaredError(y.Row(row), batch.Targets!.Values!.Row(row), scale, dy.Row(row)));
        }
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

    private readonly record struct Job<T>(
        RnnSpec Spec, SequenceBatch<T> Batch, NdArray<T> Outputs, NdArray<T> OutputGradients, double[] Losses, double Weight, int Parts)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

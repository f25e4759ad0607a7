using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Training;

namespace RnnCompare.Engines;

/// <summary>The engine whose forward pass and backpropagation through time are written out by hand.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class ManualEngine<T> : UnrolledEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    /// <param name="threads">How many threads compute; results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer threads than one.</exception>
    /// <exception cref="NotSupportedException">Nobody has written the cell by hand.</exception>
    public ManualEngine(RnnWeights<T> weights, TrainingOptions? training = null, int threads = 1)
        : base("manual", weights, training, threads)
    {
        if (Spec.Cell is not HandWrittenCell)
        {
            throw new NotSupportedException($"The manual engine has no {Spec.Cell} cell; {string.Join(", ", CellTable.All)} are written by hand.");
        }
    }

    /// <inheritdoc/>
    protected override IUnrolledNetwork<T> Unroll(RnnWeights<T> weights, int steps, int batchSize, Workers workers) => new UnrolledNetwork<T>(weights, steps, batchSize, workers);
}

using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

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

    /// <summary>Computes the loss and its gradients as <see cref="UnrolledEngine{T}.Gradients(SequenceBatch{T})"/> does, and tells everything on the way.</summary>
    /// <returns>A record for each layer and direction: layers upwards, forward before reverse.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public IReadOnlyList<LayerRecord<T>> Record(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        var network = (UnrolledNetwork<T>)NetworkFor(batch);
        network.Forward(batch);
        network.Backward(batch, new(Spec), dx: null);
        return [.. network.Tapes.Select((tape, index) => tape.Record(index / Spec.Directions))];
    }

    /// <inheritdoc/>
    protected override IUnrolledNetwork<T> Unroll(RnnWeights<T> weights, int steps, int batchSize, Workers workers) => new UnrolledNetwork<T>(weights, steps, batchSize, workers);
}

using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Equations;

/// <summary>The engine of this project that a cell has: the manual one where it is written by hand, otherwise that of its equations.</summary>
public static class CellEngine
{
    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    /// <param name="threads">How many threads share large products; results do not depend on it.</param>
    /// <typeparam name="T">The precision.</typeparam>
    /// <exception cref="NotSupportedException">The cell is neither written by hand nor has equations.</exception>
    public static UnrolledEngine<T> Create<T>(RnnWeights<T> weights, TrainingOptions? training = null, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.Spec.Cell is HandWrittenCell ? new ManualEngine<T>(weights, training, threads) : new EquationsEngine<T>(weights, training, threads);
    }
}

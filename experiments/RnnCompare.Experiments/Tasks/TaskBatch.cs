using System.Numerics;
using RnnCompare.Data;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A batch of a task.</summary>
/// <param name="Batch">The batch, without an initial state.</param>
/// <param name="Continues">Whether it starts from the state in which the batch before it ended, a first one of an evaluation from that of training; otherwise from zeros.</param>
/// <param name="Counts">Whether its outputs count in an evaluation; otherwise it only prepares the state of the next.</param>
/// <typeparam name="T">The precision.</typeparam>
public sealed record TaskBatch<T>(SequenceBatch<T> Batch, bool Continues = false, bool Counts = true)
    where T : unmanaged, INumber<T>;

using System.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Something to learn: batches, how well they are done, and what is reached without learning.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What it asks of a network.</summary>
    TaskShape Shape { get; }

    /// <summary>How well it is done.</summary>
    Metric Metric { get; }

    /// <summary>What is reached on the test part without learning from sequences.</summary>
    Baseline Baseline { get; }

    /// <summary>The parts that are evaluated again and again while a network learns.</summary>
    IReadOnlyList<DataPart> WatchedParts { get; }

    /// <summary>The batch of a training step. It depends on nothing but the step, so that every engine gets the same.</summary>
    /// <param name="step">The step, from 0.</param>
    TaskBatch<T> TrainingBatch(int step);

    /// <summary>All batches of a part, in the order of their evaluation; none where the task has no such part.</summary>
    IEnumerable<TaskBatch<T>> Batches(DataPart part);
}

using System.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A task whose sequences are drawn: training never sees one twice, and 1,000 others are kept for each evaluation.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal abstract class GeneratedTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationBatches = 10;
    private const int EvaluationBatchSize = 100;

    private readonly int _batchSize;
    private readonly int _seed;

    protected GeneratedTask(int batchSize, int seed)
    {
        (_batchSize, _seed) = (batchSize, seed);
    }

    /// <inheritdoc/>
    public abstract TaskShape Shape { get; }

    /// <inheritdoc/>
    public abstract Metric Metric { get; }

    /// <inheritdoc/>
    public abstract Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Validation];

    /// <inheritdoc/>
    public TaskBatch<T> TrainingBatch(int step) => Draw(DrawSource.For(_seed, DrawSource.Purpose.Training, step), _batchSize);

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        var first = part == DataPart.Validation ? 0 : EvaluationBatches;
        return part == DataPart.Training
            ? []
            : Enumerable.Range(first, EvaluationBatches).Select(index => Draw(DrawSource.For(_seed, DrawSource.Purpose.Evaluation, index), EvaluationBatchSize));
    }

    /// <summary>Draws a batch.</summary>
    protected abstract TaskBatch<T> Draw(NumpyGenerator random, int batchSize);
}

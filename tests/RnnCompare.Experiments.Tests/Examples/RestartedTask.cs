using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Tests.Examples;

/// <summary>A task whose every window starts from zeros.</summary>
internal sealed class RestartedTask(ITask<double> task) : ITask<double>
{
    public TaskShape Shape => task.Shape;

    public Metric Metric => task.Metric;

    public Baseline Baseline => task.Baseline;

    public IReadOnlyList<DataPart> WatchedParts => task.WatchedParts;

    public TaskBatch<double> TrainingBatch(int step) => task.TrainingBatch(step) with { Continues = false };

    public IEnumerable<TaskBatch<double>> Batches(DataPart part) => task.Batches(part).Select(batch => batch with { Continues = false });
}

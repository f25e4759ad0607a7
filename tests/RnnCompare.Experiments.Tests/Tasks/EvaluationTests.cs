using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tests.Tasks;

public class EvaluationTests
{
    [Fact]
    public void CrossEntropyAndAccuracy_CountOutputsInsideLengths()
    {
        // No weights but the output bias (0, 1, 0): p = (1, e, 1)/(2 + e) everywhere, and the answer is always class 1.
        var classes = new NdArray<long>([1, 0, 0, 2], 2, 2); // (T, B); the second sequence ends after one step
        var task = new FixedTask(new() { Inputs = new(new NdArray<long>(2, 2)), Targets = new(classes), Lengths = [2, 1] }, LossKind.CrossEntropy, OutputMode.EveryStep);
        using var engine = Engine(task, 3, weights => weights.by.Data[1] = 1);

        var score = Evaluation.Of(task, engine, DataPart.Test, trained: null)!.Value;
        var logSum = Math.Log(2 + Math.E);
        Assert.Equal((logSum - 1 + logSum + logSum) / 3, score.Loss, 12);
        Assert.Equal(1.0 / 3, score.Score, 12);
        Assert.Null(Evaluation.Of(task, engine, DataPart.Validation, trained: null));
    }

    [Fact]
    public void SquaredError_IsScaledAndTwiceTheLoss()
    {
        var targets = new NdArray<double>([3, 1, 0, 5], 2, 2); // (B, O)
        var task = new FixedTask(new() { Inputs = new(new NdArray<double>(1, 2, 1)), Targets = new(targets) }, LossKind.SquaredError, OutputMode.LastStep);
        using var engine = Engine(task, 2, weights => weights.by.Data[0] = 1);

        var score = Evaluation.Of(task, engine, DataPart.Test, trained: null)!.Value;
        var meanSquare = ((4.0 + 1) + (1 + 25)) / 2;
        Assert.Equal(meanSquare / 2, score.Loss, 12);
        Assert.Equal(10 * meanSquare, score.Score, 12);
    }

    [Fact]
    public void FirstBatch_ContinuesFromTheTrainedState()
    {
        // h = relu(h0 + 0), y = h: the forecast is the state of the first trained sequence, in both sequences of the batch.
        var batch = new SequenceBatch<double> { Inputs = new(new NdArray<double>(1, 2, 1)), Targets = new(new NdArray<double>(2, 1)) };
        var task = new FixedTask(batch, LossKind.SquaredError, OutputMode.LastStep) { Continues = true };
        using var engine = Engine(task, 1, weights =>
        {
            weights.Whh.Span.Fill(1);
            weights.Why.Span.Fill(1);
        });
        var trained = new RnnState<double> { Hidden = new([3, 100, 200], 1, 3, 1) };
        Assert.Equal(9.0 * 10, Evaluation.Of(task, engine, DataPart.Test, trained)!.Value.Score, 12);
        Assert.Equal(0, Evaluation.Of(task, engine, DataPart.Test, trained: null)!.Value.Score);
    }

    private static ManualEngine<double> Engine(FixedTask task, int outputs, Action<RnnWeights<double>> set)
    {
        var weights = new RnnWeights<double>(new()
        {
            Cell = RnnCell.Relu,
            InputSize = 1,
            HiddenSize = 1,
            OutputSize = outputs,
            Loss = task.Shape.Loss,
            Outputs = task.Shape.Outputs,
        });
        set(weights);
        return new(weights);
    }

    /// <summary>One batch that is the whole test part.</summary>
    private sealed class FixedTask(SequenceBatch<double> batch, LossKind loss, OutputMode outputs) : ITask<double>
    {
        public bool Continues { get; init; }

        public TaskShape Shape { get; } = new(1, 1, outputs, loss);

        public Metric Metric { get; } = loss == LossKind.CrossEntropy ? Metric.Accuracy : new(MetricKind.SquaredError, "squared error", 10);

        public Baseline Baseline { get; } = new("none", 0);

        public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Test];

        public TaskBatch<double> TrainingBatch(int step) => new(batch);

        public IEnumerable<TaskBatch<double>> Batches(DataPart part) => part == DataPart.Test ? [new(batch, Continues)] : [];
    }
}

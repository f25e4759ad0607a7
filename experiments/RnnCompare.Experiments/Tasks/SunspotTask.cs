using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Next year's sunspot number from those before it: one-step-ahead forecasts of real numbers.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// The yearly series is learnt from 1700 to 1920, as in Weigend, Huberman &amp; Rumelhart 1990, watched from 1921 to 1955
/// and tested from 1956 to 1988. Another series is cut in the same proportions.
/// </remarks>
internal sealed class SunspotTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _values;
    private readonly int _trainingEnd;
    private readonly int _validationEnd;
    private readonly double _mean;
    private readonly double _deviation;
    private readonly int _steps;
    private readonly int _batchSize;
    private readonly int _seed;

    public SunspotTask(double[] values, string source, int steps, int batchSize, int seed)
    {
        (_values, _steps, _batchSize, _seed) = (values, steps, batchSize, seed);
        (_trainingEnd, _validationEnd) = (values.Length * 221 / 289, values.Length * 256 / 289);
        if (_trainingEnd < steps + 1 || _validationEnd == _trainingEnd || values.Length == _validationEnd)
        {
            throw new InputException($"{source}: {_trainingEnd} of {values.Length} values are for training, but sequenceLength {steps} needs {steps + 1L}.");
        }

        var training = values.AsSpan(0, _trainingEnd).ToArray();
        _mean = training.Average();
        _deviation = Math.Sqrt(training.Average(value => (value - _mean) * (value - _mean)));
        if (_deviation == 0)
        {
            throw new InputException($"{source}: all training values are {_mean}; there is nothing to learn.");
        }

        Metric = new(MetricKind.SquaredError, "squared error", _deviation * _deviation);
        Baseline = new("naive forecast (as the last)", Enumerable.Range(_validationEnd, values.Length - _validationEnd)
            .Average(i => (values[i] - values[i - 1]) * (values[i] - values[i - 1])));
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; } = new(1, 1, OutputMode.EveryStep, LossKind.SquaredError);

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Training, DataPart.Validation];

    /// <summary>B windows of T years that begin anywhere in the training part.</summary>
    public TaskBatch<T> TrainingBatch(int step)
    {
        var starts = DrawSource.For(_seed, DrawSource.Purpose.Training, step).Integers(0, _trainingEnd - _steps, _batchSize).Data;
        return Window([.. starts.Select(start => (int)start)], _steps);
    }

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        // The first target of a part is its first value; the years before it only bring the state to where it then is.
        var (first, end) = part switch
        {
            DataPart.Training => (1, _trainingEnd),
            DataPart.Validation => (_trainingEnd, _validationEnd),
            _ => (_validationEnd, _values.Length),
        };
        if (first > 1)
        {
            yield return Window([0], first - 1) with { Counts = false };
        }

        yield return Window([first - 1], end - first) with { Continues = first > 1 };
    }

    private TaskBatch<T> Window(int[] starts, int steps)
    {
        var (inputs, targets) = (new NdArray<T>(steps, starts.Length, 1), new NdArray<T>(steps, starts.Length, 1));
        for (var b = 0; b < starts.Length; b++)
        {
            for (var t = 0; t < steps; t++)
            {
                inputs.Step(t)[b] = Scaled(starts[b] + t);
                targets.Step(t)[b] = Scaled(starts[b] + t + 1);
            }
        }

        return new(new() { Inputs = new(inputs), Targets = new(targets) });
    }

    private T Scaled(int index) => T.CreateChecked((_values[index] - _mean) / _deviation);
}

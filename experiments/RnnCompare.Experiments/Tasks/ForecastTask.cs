using System.Globalization;
using System.Numerics;
using RnnCompare.Experiments.Tasks.OwnData;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A number k steps ahead, from those up to now: forecasts of real numbers.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Everything is standardised by mean and deviation of the training part; errors are those of the numbers as they were given.
/// A series is cut as the yearly sunspot numbers in Weigend, Huberman &amp; Rumelhart 1990 are: learnt from 1700 to 1920,
/// watched from 1921 to 1955, tested from 1956 to 1988, in time and not at random, since neighbours are much alike.
/// </remarks>
internal sealed class ForecastTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _inputs; // I, over time
    private readonly T[] _target;
    private readonly int _trainingEnd;
    private readonly int _validationEnd;
    private readonly int _horizon;
    private readonly int _steps;
    private readonly int _batchSize;
    private readonly int _seed;

    /// <summary>Cuts and standardises a series.</summary>
    /// <exception cref="InputException">It is too short for the windows, or a training part is constant.</exception>
    public ForecastTask(Series series, string source, int steps, int batchSize, int seed)
    {
        (_steps, _batchSize, _seed, _horizon) = (steps, batchSize, seed, series.Horizon);
        var values = series.Target;
        (_trainingEnd, _validationEnd) = (values.Length * 221 / 289, values.Length * 256 / 289);
        if (_trainingEnd < (long)steps + _horizon || _validationEnd == _trainingEnd || values.Length == _validationEnd)
        {
            throw new InputException($"{source}: {_trainingEnd} of {values.Length} values are for training, but sequenceLength {steps} needs {(long)steps + _horizon}.");
        }

        var deviation = Scale(values, source).Deviation;
        _target = Standardised(values, source);
        _inputs = [.. series.Inputs.Select(input => Standardised(input, source))];
        Shape = new(_inputs.Length, 1, OutputMode.EveryStep, LossKind.SquaredError);
        Metric = new(MetricKind.SquaredError, "squared error", deviation * deviation);
        var naive = _horizon == 1 ? "naive forecast (as the last)" : string.Create(CultureInfo.InvariantCulture, $"naive forecast (as {_horizon} steps before)");
        Baseline = new(naive, Enumerable.Range(_validationEnd, values.Length - _validationEnd)
            .Average(i => (values[i] - values[i - _horizon]) * (values[i] - values[i - _horizon])));
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; }

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Training, DataPart.Validation];

    /// <summary>B windows of T steps that begin anywhere in the training part.</summary>
    public TaskBatch<T> TrainingBatch(int step)
    {
        var starts = DrawSource.For(_seed, DrawSource.Purpose.Training, step).Integers(0, _trainingEnd - _steps - _horizon + 1, _batchSize).Data;
        return Window([.. starts.Select(start => (int)start)], _steps);
    }

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        // The first target of a part is its first value; the steps before it only bring the state to where it then is.
        var (first, end) = part switch
        {
            DataPart.Training => (_horizon, _trainingEnd),
            DataPart.Validation => (_trainingEnd, _validationEnd),
            _ => (_validationEnd, _target.Length),
        };
        var before = first - _horizon;
        if (before > 0)
        {
            yield return Window([0], before) with { Counts = false };
        }

        yield return Window([before], end - first) with { Continues = before > 0 };
    }

    private TaskBatch<T> Window(int[] starts, int steps)
    {
        var (inputs, targets) = (new NdArray<T>(steps, starts.Length, _inputs.Length), new NdArray<T>(steps, starts.Length, 1));
        for (var t = 0; t < steps; t++)
        {
            for (var b = 0; b < starts.Length; b++)
            {
                var row = inputs.Row((t * starts.Length) + b);
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = _inputs[i][starts[b] + t];
                }

                targets.Step(t)[b] = _target[starts[b] + t + _horizon];
            }
        }

        return new(new() { Inputs = new(inputs), Targets = new(targets) });
    }

    private T[] Standardised(double[] values, string source)
    {
        var (mean, deviation) = Scale(values, source);
        return [.. values.Select(value => T.CreateChecked((value - mean) / deviation))];
    }

    private (double Mean, double Deviation) Scale(double[] values, string source)
    {
        var training = values[.._trainingEnd];
        var mean = training.Average();
        var deviation = Math.Sqrt(training.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? (mean, deviation) : throw new InputException($"{source}: all training values are {mean}; there is nothing to learn.");
    }
}

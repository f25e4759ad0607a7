using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The adding problem: the sum of the two numbers out of T that carry a mark.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Hochreiter &amp; Schmidhuber 1997, in the form of Arjovsky, Shah &amp; Bengio 2016: at every step a number from [0, 1) and
/// a mark, which is 1 at one step of each half and 0 elsewhere. Forecasting the mean 1 errs by the variance of the sum, 1/6.
/// </remarks>
internal sealed class AddingTask<T> : GeneratedTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _steps;

    public AddingTask(int steps, int batchSize, int seed)
        : base(batchSize, seed)
    {
        _steps = steps >= 2 ? steps : throw new InputException($"sequenceLength is {steps}, but the task adding needs at least 2: a mark in each half.");
    }

    /// <inheritdoc/>
    public override TaskShape Shape { get; } = new(2, 1, OutputMode.LastStep, LossKind.SquaredError);

    /// <inheritdoc/>
    public override Metric Metric { get; } = new(MetricKind.SquaredError, "squared error");

    /// <inheritdoc/>
    public override Baseline Baseline { get; } = new("forecasting the mean, 1/6", 1.0 / 6);

    /// <inheritdoc/>
    protected override TaskBatch<T> Draw(NumpyGenerator random, int batchSize)
    {
        var numbers = random.Random(_steps, batchSize); // (T, B)
        var first = random.Integers(0, _steps / 2, batchSize).Data;
        var second = random.Integers(_steps / 2, _steps, batchSize).Data;
        var (inputs, sums) = (new NdArray<T>(_steps, batchSize, 2), new NdArray<T>(batchSize, 1));
        for (var b = 0; b < batchSize; b++)
        {
            for (var t = 0; t < _steps; t++)
            {
                var marked = t == first[b] || t == second[b];
                inputs[(t * batchSize) + b, 0] = T.CreateChecked(numbers[t, b]);
                inputs[(t * batchSize) + b, 1] = marked ? T.One : T.Zero;
                sums.Data[b] += marked ? T.CreateChecked(numbers[t, b]) : T.Zero;
            }
        }

        return new(new() { Inputs = new(inputs), Targets = new(sums) });
    }
}

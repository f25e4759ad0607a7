using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Temporal order: which of X and Y came first and which second, far apart in a sequence of distracting symbols.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Hochreiter &amp; Schmidhuber 1997 (experiment 6a), in the form of Pascanu, Mikolov &amp; Bengio 2013 for any T: four
/// distractors; the first mark falls into [T/10, 2T/10], the second into [4T/10, 5T/10]. Four answers: XX, XY, YX, YY.
/// </remarks>
internal sealed class TemporalOrderTask<T> : GeneratedTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Distractors = 4;

    private readonly int _steps;

    public TemporalOrderTask(int steps, int batchSize, int seed)
        : base(batchSize, seed)
    {
        _steps = steps >= 5 ? steps : throw new InputException($"sequenceLength is {steps}, but the task order needs at least 5: two marks in different tenths.");
    }

    /// <inheritdoc/>
    public override TaskShape Shape { get; } = new(Distractors + 2, 4, OutputMode.LastStep, LossKind.CrossEntropy);

    /// <inheritdoc/>
    public override Metric Metric => Metric.Accuracy;

    /// <inheritdoc/>
    public override Baseline Baseline { get; } = new("guessing, 1/4", 0.25);

    /// <inheritdoc/>
    protected override TaskBatch<T> Draw(NumpyGenerator random, int batchSize)
    {
        var inputs = random.Integers(0, Distractors, _steps, batchSize); // (T, B)
        var marks = random.Integers(0, 2, 2, batchSize); // (2, B): X or Y
        var first = random.Integers(_steps / 10, (_steps * 2 / 10) + 1, batchSize).Data;
        var second = random.Integers(_steps * 4 / 10, (_steps * 5 / 10) + 1, batchSize).Data;
        var answers = new NdArray<long>(batchSize);
        for (var b = 0; b < batchSize; b++)
        {
            inputs[(int)first[b], b] = Distractors + marks[0, b];
            inputs[(int)second[b], b] = Distractors + marks[1, b];
            answers.Data[b] = (2 * marks[0, b]) + marks[1, b];
        }

        return new(new() { Inputs = new(inputs), Targets = new(answers) });
    }
}

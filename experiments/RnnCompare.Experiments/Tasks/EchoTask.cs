using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Echo: at every step of an endless random sequence, the symbol of two steps before. Windows carry the state on.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// The setting of a Persian course on BPTT in NumPy: many one-hot vectors in, as many classes out, batches, plain SGD, clipping by
/// value, and the state handed from one call to the next. The answers of a window's first two steps stood in the window before:
/// without a state that is really carried they can only be guessed.
/// </remarks>
internal sealed class EchoTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Symbols = 4;
    private const int Delay = 2;
    private const int EvaluationWindows = 50;

    private readonly int _steps;
    private readonly int _batchSize;
    private readonly int _seed;

    public EchoTask(int steps, int batchSize, int seed)
    {
        _steps = steps > Delay ? steps : throw new InputException($"sequenceLength is {steps}, but the task echo needs at least {Delay + 1}: an answer that stands in the window itself.");
        (_batchSize, _seed) = (batchSize, seed);
        Baseline = new("without a carried state", (steps - Delay + ((double)Delay / Symbols)) / steps);
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; } = new(Symbols, Symbols, OutputMode.EveryStep, LossKind.CrossEntropy);

    /// <inheritdoc/>
    public Metric Metric => Metric.Accuracy;

    /// <summary>The best that is possible where every window starts from zeros.</summary>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Validation];

    /// <inheritdoc/>
    public TaskBatch<T> TrainingBatch(int step) => Window(DrawSource.Purpose.Training, step, first: 0);

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        var first = part == DataPart.Validation ? 0 : EvaluationWindows;

        // The first window only prepares the state: what its first answers echo was never shown.
        return part == DataPart.Training
            ? []
            : Enumerable.Range(first, EvaluationWindows).Select(index => Window(DrawSource.Purpose.Evaluation, index, first) with { Counts = index > first });
    }

    private TaskBatch<T> Window(DrawSource.Purpose purpose, int index, int first)
    {
        var inputs = Draw(purpose, index);
        var targets = new NdArray<long>(_steps, _batchSize); // before the first window: symbol 0
        var before = index > first ? Draw(purpose, index - 1) : null;
        for (var t = 0; t < _steps; t++)
        {
            if (t >= Delay)
            {
                inputs.Row(t - Delay).CopyTo(targets.Row(t));
            }
            else
            {
                before?.Row(_steps - Delay + t).CopyTo(targets.Row(t));
            }
        }

        return new(new() { Inputs = new(inputs), Targets = new(targets) }, Continues: index > first);
    }

    // (T, B)
    private NdArray<long> Draw(DrawSource.Purpose purpose, int index) => DrawSource.For(_seed, purpose, index).Integers(0, Symbols, _steps, _batchSize);
}

using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>An engine in a run, with the state that it carries and everything that is measured of it.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Contender<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<CurvePoint> _curve = [];
    private readonly TruncationSpec? _truncation;
    private readonly SmoothedLoss _smoothed;
    private GradientSize? _gradients;

    /// <summary>Enters an engine.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="engine">The engine, taken over.</param>
    /// <param name="truncation">How far gradients go back; null for whole batches.</param>
    /// <param name="warmUp">How many steps' times do not count.</param>
    /// <param name="startLoss">Where the smoothed loss begins; NaN to begin with the first loss.</param>
    /// <param name="withoutLearning">The loss of answers given without learning, against which divergence is judged.</param>
    public Contender(string name, IResumableEngine<T> engine, TruncationSpec? truncation, int warmUp, double startLoss, double withoutLearning)
    {
        (Name, Engine, _truncation, Times, _smoothed, Range) = (name, engine, truncation, new(warmUp), new(startLoss), new(withoutLearning));
    }

    public string Name { get; }

    public IResumableEngine<T> Engine { get; }

    public StepTimes Times { get; }

    public double Loss { get; private set; } = double.NaN;

    public double SmoothedLoss => _smoothed.Value;

    /// <summary>Whether the losses are still of a size that learning has.</summary>
    public LossRange Range { get; }

    /// <summary>The state that training has come to.</summary>
    public RnnState<T>? State { get; private set; }

    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Trains on a batch: one update, or one for each window of a truncation.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <param name="measures">Whether the gradients are measured, to be noted.</param>
    public void Train(TaskBatch<T> batch, int step, bool measures)
    {
        var prepared = batch.Batch with { InitialState = batch.Continues ? State : null };
        Engine.MeasuresGradients = measures;
        var made = Times.Measure(
            () => _truncation is null ? Engine.Train(prepared) : TruncatedBptt.TrainBatch(Engine, prepared, _truncation),
            made => made.Gradients?.Took ?? TimeSpan.Zero);
        (Loss, State, _gradients) = (made.Loss, made.FinalState, made.Gradients);
        _smoothed.Add(made.Loss);
        Range.Add(step, made.Loss);
    }

    /// <summary>Copies the carried state: what a step hands back is only good until the engine's next call.</summary>
    public RnnState<T>? KeepState() => State = State?.Convert<T>();

    /// <summary>Notes where the engine stands, in the place of an earlier note of the same step.</summary>
    /// <param name="step">How many steps it has made.</param>
    /// <param name="task">The task, to evaluate its watched parts as well; null to note the losses only.</param>
    public CurvePoint Note(int step, ITask<T>? task)
    {
        KeepState();
        var point = new CurvePoint(step, Loss, SmoothedLoss, task is null ? new Dictionary<DataPart, PartScore>() : Evaluate(task, task.WatchedParts))
        {
            LearningRate = Engine.LearningRate,
            GradientNorm = _gradients?.Norm ?? double.NaN,
            ClippedShare = _gradients?.ClippedShare ?? double.NaN,
            Seconds = Times.Total,
        };
        if (_curve.Count > 0 && _curve[^1].Step == step)
        {
            _curve.RemoveAt(_curve.Count - 1);
        }

        _curve.Add(point);
        return point;
    }

    /// <summary>Evaluates parts; those that the task does not have are left out.</summary>
    public IReadOnlyDictionary<DataPart, PartScore> Evaluate(ITask<T> task, IEnumerable<DataPart> parts)
    {
        return parts.Select(part => (Part: part, Score: Evaluation.Of(task, Engine, part, State)))
            .Where(pair => pair.Score is not null)
            .ToDictionary(pair => pair.Part, pair => pair.Score!.Value);
    }

    /// <summary>Writes everything that the steps to come, and the results, depend on.</summary>
    public void Save(ArrayScope kept)
    {
        kept.In("training").Put(Engine.SaveTraining());
        kept.Put("numbers", [Loss, SmoothedLoss, Times.Total, Range.Usual, Range.LeftAt ?? 0]);
        kept.Put("seconds", [.. Times.Seconds]);
        kept.In("state").Put(KeepState());
        kept.In("curve").Put(_curve);
    }

    /// <summary>Goes on from what was written.</summary>
    /// <exception cref="InvalidDataException">It is not of this engine.</exception>
    public void Restore(ArrayScope kept)
    {
        Engine.RestoreTraining(kept.In("training").TakeTraining<T>(Engine.Spec));
        var numbers = kept.Take("numbers");
        (Loss, State) = (numbers[0], kept.In("state").TakeState<T>());
        _smoothed.Restore(numbers[1]);
        Times.Restore(kept.Take("seconds"), numbers[2]);
        Range.Restore(numbers[3], (int)numbers[4]);
        _curve.AddRange(kept.In("curve").TakeCurve());
    }

    public void Dispose() => Engine.Dispose();
}

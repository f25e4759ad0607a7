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

    /// <summary>Enters an engine.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="engine">The engine, taken over.</param>
    /// <param name="truncation">How far gradients go back; null for whole batches.</param>
    /// <param name="warmUp">How many steps' times do not count.</param>
    /// <param name="chanceLoss">The loss at chance, where the smoothed loss begins; NaN where there is no such thing.</param>
    public Contender(string name, IRnnEngine<T> engine, TruncationSpec? truncation, int warmUp, double chanceLoss)
    {
        (Name, Engine, _truncation, Times, _smoothed) = (name, engine, truncation, new(warmUp), new(chanceLoss));
    }

    public string Name { get; }

    public IRnnEngine<T> Engine { get; }

    public StepTimes Times { get; }

    public double Loss { get; private set; } = double.NaN;

    public double SmoothedLoss => _smoothed.Value;

    /// <summary>The state that training has come to.</summary>
    public RnnState<T>? State { get; private set; }

    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Trains on a batch: one update, or one for each window of a truncation.</summary>
    public void Train(TaskBatch<T> batch)
    {
        var prepared = batch.Batch with { InitialState = batch.Continues ? State : null };
        var step = Times.Measure(() => _truncation is null ? Engine.Train(prepared) : TruncatedBptt.TrainBatch(Engine, prepared, _truncation));
        (Loss, State) = (step.Loss, step.FinalState);
        _smoothed.Add(step.Loss);
    }

    /// <summary>Notes where the engine stands.</summary>
    /// <param name="step">How many steps it has made.</param>
    /// <param name="task">The task, to evaluate its watched parts as well; null to note the losses only.</param>
    public void Note(int step, ITask<T>? task)
    {
        // What a step hands back is only good until the engine's next call.
        State = State?.Convert<T>();
        _curve.Add(new(step, Loss, SmoothedLoss, task is null ? new Dictionary<DataPart, PartScore>() : Evaluate(task, task.WatchedParts)));
    }

    /// <summary>Evaluates parts; those that the task does not have are left out.</summary>
    public IReadOnlyDictionary<DataPart, PartScore> Evaluate(ITask<T> task, IEnumerable<DataPart> parts)
    {
        return parts.Select(part => (Part: part, Score: Evaluation.Of(task, Engine, part, State)))
            .Where(pair => pair.Score is not null)
            .ToDictionary(pair => pair.Part, pair => pair.Score!.Value);
    }

    public void Dispose() => Engine.Dispose();
}

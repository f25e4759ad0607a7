using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>The engines that train one network from the same weights on the same batches.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class EngineGroup<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<SeparationPoint> _separations = [];
    private readonly List<PerturbedCopy<T>> _copies = [];
    private readonly List<Contender<T>> _contenders = [];
    private readonly LearningRateSchedule _schedule;
    private readonly ExperimentConfig _config;
    private FollowedFlow<T>? _followed;

    private EngineGroup(ExperimentConfig config, RnnWeights<T> weights)
    {
        (_config, InitialWeights) = (config, weights);
        (_schedule, Training, Truncation) = (ConfiguredTraining.Schedule(config), ConfiguredTraining.Options(config), ConfiguredTraining.Truncation(config));
    }

    public RnnSpec Spec => InitialWeights.Spec;

    public RnnWeights<T> InitialWeights { get; }

    /// <summary>The engines by name, in the order of <see cref="Contenders"/>.</summary>
    public IReadOnlyList<string> Engines => EngineFactory.Of(_config.EngineList, Spec.Cell);

    /// <summary>How every engine updates.</summary>
    public TrainingOptions Training { get; }

    /// <summary>How far gradients go back in training; null for whole batches.</summary>
    public TruncationSpec? Truncation { get; }

    /// <summary>The engines in the order of the config; the first is what the others are compared with.</summary>
    public IReadOnlyList<Contender<T>> Contenders => _contenders;

    /// <summary>Perturbed copies of the first engine; none where there is one engine.</summary>
    public IReadOnlyList<PerturbedCopy<T>> Copies => _copies;

    /// <summary>How the weights moved apart so far; nothing where there is one engine.</summary>
    public IReadOnlyList<SeparationPoint> Separations => _separations;

    private IEnumerable<Contender<T>> All => [.. _contenders, .. _copies.Select(copy => copy.Trained)];

    /// <summary>Sets up the engines of a cell.</summary>
    /// <exception cref="InputException">An engine does not have the cell, or values do not fit each other.</exception>
    public static EngineGroup<T> Create(ExperimentConfig config, ITask<T> task, RecurrentCell cell)
    {
        var spec = ConfiguredNetwork.Of(config, task.Shape, cell);
        var group = new EngineGroup<T>(config, RnnCompare.Experiments.Training.InitialWeights.Create<T>(config, spec));
        try
        {
            group.Enter(task, config.CellList.Count > 1 ? $" {cell.Name}" : "");
            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }

    /// <summary>The gradients that were seen along the training and at its end; nothing where nobody looked.</summary>
    /// <param name="steps">The steps that were made.</param>
    /// <param name="next">The batch that would come next.</param>
    public IReadOnlyList<FlowSnapshot> FlowUpTo(int steps, TaskBatch<T> next) => _followed?.UpTo(steps, next) ?? [];

    /// <summary>Another engine of the same kind, network, optimizer and threads.</summary>
    public IResumableEngine<T> Create(string engine, RnnWeights<T> weights) => EngineFactory.Create(engine, weights, Training, _config.Threads);

    /// <summary>How the weights moved apart on the way and at the end; nothing where there is one engine.</summary>
    /// <param name="steps">The steps that were made.</param>
    /// <param name="next">The batch that would come next.</param>
    public IReadOnlyList<SeparationPoint> SeparationsUpTo(int steps, TaskBatch<T> next)
    {
        return _separations.Count > 0 && _separations[^1].Step < steps
            ? [.. _separations, Separation.Of(this, steps, () => FindInNextStep(steps, next))]
            : _separations;
    }

    /// <summary>What an engine, from where the first one stands, would do wrong in the next step; null for nothing.</summary>
    /// <param name="steps">The steps that were made.</param>
    /// <param name="next">The batch of the next one.</param>
    public string? FindInNextStep(int steps, TaskBatch<T> next) => FindInStep(_contenders[0].Engine.SaveTraining(), Carried(next), steps);

    /// <summary>Makes one training step with every engine; each step begins with another engine.</summary>
    /// <param name="batch">The batch of the step.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="measures">Whether gradients are measured, to be noted.</param>
    /// <returns>The engine whose loss is not a number any more; null where all is well.</returns>
    public Contender<T>? Train(TaskBatch<T> batch, int step, bool measures)
    {
        foreach (var contender in All)
        {
            contender.Engine.LearningRate = RateAt(step);
        }

        _followed?.Look(batch, step);
        var isNoted = _copies.Count > 0 && Separation.IsNoted(step + 1);
        var before = isNoted ? (_contenders[0].Engine.SaveTraining(), Carried(batch)) : default;
        for (var i = 0; i < _contenders.Count; i++)
        {
            _contenders[(step + i) % _contenders.Count].Train(batch, step + 1, measures);
        }

        foreach (var copy in _copies)
        {
            copy.Trained.Train(batch, step + 1, measures: false);
        }

        _followed?.Train(batch, step, RateAt(step));
        var lost = _contenders.Find(contender => !double.IsFinite(contender.Loss));
        if (isNoted && lost is null)
        {
            _separations.Add(Separation.Of(this, step + 1, () => FindInStep(before.Item1, before.Item2, step)));
        }

        return lost;
    }

    /// <summary>The engine whose losses have left the range of learning for good; null where all is well.</summary>
    public Contender<T>? Diverged => _contenders.Find(contender => contender.Range.LeftAt is not null);

    /// <summary>Writes everything that the steps to come, and the results, depend on.</summary>
    public void Save(ArrayScope kept)
    {
        foreach (var contender in All)
        {
            contender.Save(kept.In(contender.Name));
        }

        _followed?.Save(kept.In("flow"));
        kept.Put("separation.step", [.. _separations.Select(point => (double)point.Step)]);
        kept.Put("separation.distances", [.. _separations.SelectMany(point => point.Distances)]);
        kept.Put("separation.perturbed", [.. _separations.Select(point => point.Perturbed)]);
        kept.Put("separation.verdict", [.. _separations.Select(point => (double)point.Verdict)]);
        kept.Put("separation.finding", string.Join('\n', _separations.Select(point => point.Finding)));
    }

    /// <summary>Goes on from what was written.</summary>
    /// <exception cref="InvalidDataException">It is not of this group.</exception>
    public void Restore(ArrayScope kept)
    {
        foreach (var contender in All)
        {
            contender.Restore(kept.In(contender.Name));
        }

        _followed?.Restore(kept.In("flow"));
        var (distances, perturbed, verdicts) = (kept.Take("separation.distances").Chunk(Math.Max(1, _contenders.Count - 1)).ToArray(), kept.Take("separation.perturbed"), kept.Take("separation.verdict"));
        var findings = kept.TakeText("separation.finding").Split('\n');
        _separations.AddRange(kept.Take("separation.step").Select((step, i) =>
            new SeparationPoint((int)step, distances[i], perturbed[i], (Verdict)verdicts[i], findings[i].Length == 0 ? null : findings[i])));
    }

    public void Dispose()
    {
        foreach (var contender in All)
        {
            contender.Dispose();
        }

        _followed?.Dispose();
    }

    private void Enter(ITask<T> task, string suffix)
    {
        var names = Engines;
        var withoutLearning = LossWithoutLearning.Of(Spec, task);
        var start = _config.Weights.Length > 0 || Spec.Loss != LossKind.CrossEntropy ? double.NaN : withoutLearning;
        _contenders.AddRange(names.Select(name => Contend(name + suffix, name, InitialWeights)));
        if (names.Count > 1)
        {
            _copies.Add(new(Contend("perturbed", names[0], Perturbation.OneUnit(InitialWeights, _config.Seed, 1)), IsReversed: false));

            // Which axes of a weight are hidden units is known of the hand-written cells; a cell of one's own keeps their order.
            var second = Perturbation.OneUnit(InitialWeights, _config.Seed, 2);
            _copies.Add(Spec.Cell is HandWrittenCell
                ? new(Contend("perturbed and reversed", names[0], Perturbation.Reversed(second)), IsReversed: true)
                : new(Contend("perturbed again", names[0], second), IsReversed: false));
        }

        if (_config.FlowEvery > 0)
        {
            _followed = new(_config, suffix.Length > 0 ? suffix.Trim() + ", " : "", _contenders[0], options => Entered("followed", EngineFactory.Create(names[0], InitialWeights, options, _config.Threads)));
        }

        Contender<T> Contend(string name, string engine, RnnWeights<T> weights) => Entered(name, Create(engine, weights));

        Contender<T> Entered(string name, IResumableEngine<T> engine)
        {
            return new(name, engine, Truncation, Math.Min(_config.WarmUp, _config.Steps / 2), start, withoutLearning);
        }
    }

    private double RateAt(int step) => _schedule.RateAt(step, _config.LearningRate);

    // A batch as the first engine gets it.
    private SequenceBatch<T> Carried(TaskBatch<T> batch) => batch.Batch with { InitialState = batch.Continues ? _contenders[0].KeepState() : null };

    private string? FindInStep(TrainingMemory<T> before, SequenceBatch<T> batch, int step) => StepCheck.Find(this, before, batch, RateAt(step));
}

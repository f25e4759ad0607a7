using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Cells;
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
    private readonly List<PartingPoint> _partings = [];
    private readonly LearningRateSchedule _schedule;
    private readonly double _learningRate;

    private EngineGroup(ExperimentConfig config, RnnWeights<T> weights, TruncationSpec? truncation, IReadOnlyList<Contender<T>> contenders, Contender<T>? twin)
    {
        (InitialWeights, Truncation, Contenders, Twin) = (weights, truncation, contenders, twin);
        (_schedule, _learningRate) = (ConfiguredTraining.Schedule(config), config.LearningRate);
    }

    public RnnSpec Spec => InitialWeights.Spec;

    public RnnWeights<T> InitialWeights { get; }

    /// <summary>How far gradients go back in training; null for whole batches.</summary>
    public TruncationSpec? Truncation { get; }

    /// <summary>The engines in the order of the config; the first is what the others are compared with.</summary>
    public IReadOnlyList<Contender<T>> Contenders { get; }

    /// <summary>The first engine once more, one rounding away: how far it drifts is what rounding alone does to a trajectory. Null for a lone engine.</summary>
    public Contender<T>? Twin { get; }

    /// <summary>How the weights parted so far; nothing for a lone engine.</summary>
    public IReadOnlyList<PartingPoint> Partings => _partings;

    private IEnumerable<Contender<T>> All => Twin is null ? Contenders : Contenders.Append(Twin);

    /// <summary>Sets up the engines of a cell.</summary>
    /// <exception cref="InputException">An engine does not have the cell, or values do not fit each other.</exception>
    public static EngineGroup<T> Create(ExperimentConfig config, ITask<T> task, RecurrentCell cell)
    {
        var spec = ConfiguredNetwork.Of(config, task.Shape, cell);
        var weights = Training.InitialWeights.Create<T>(config, spec);
        var training = ConfiguredTraining.Options(config);
        var truncation = ConfiguredTraining.Truncation(config);
        var warmUp = Math.Min(config.WarmUp, config.Steps / 2);
        var chanceLoss = config.Weights.Length > 0 ? double.NaN : ChanceLoss(spec, task);
        var names = config.Engines.Split(',');
        var suffix = config.Cells.Contains(',', StringComparison.Ordinal) ? $" {cell.Name}" : "";
        var contenders = new List<Contender<T>>();
        try
        {
            contenders.AddRange(names.Select(name => Enter(name + suffix, name, weights)));
            return new(config, weights, truncation, contenders, names.Length > 1 ? Enter("twin", names[0], Nudge.OneUnit(weights, config.Seed)) : null);
        }
        catch
        {
            contenders.ForEach(contender => contender.Dispose());
            throw;
        }

        Contender<T> Enter(string name, string engine, RnnWeights<T> start) => new(name, EngineFactory.Create(engine, start, training, config.Threads), truncation, warmUp, chanceLoss);
    }

    /// <summary>How the weights parted on the way and at the end; nothing for a lone engine.</summary>
    public IReadOnlyList<PartingPoint> PartingsUpTo(int steps)
    {
        return _partings.Count > 0 && _partings[^1].Step < steps ? [.. _partings, Parting.Of(this, steps)!] : _partings;
    }

    /// <summary>Makes one training step with every engine; each step begins with another engine.</summary>
    /// <param name="batch">The batch of the step.</param>
    /// <param name="step">The step, from 0.</param>
    /// <returns>The engine whose loss is no number any more; null where all is well.</returns>
    public Contender<T>? Train(TaskBatch<T> batch, int step)
    {
        foreach (var contender in All)
        {
            contender.Engine.LearningRate = _schedule.RateAt(step, _learningRate);
        }

        for (var i = 0; i < Contenders.Count; i++)
        {
            Contenders[(step + i) % Contenders.Count].Train(batch);
        }

        Twin?.Train(batch);
        if (Parting.IsNoted(step + 1) && Parting.Of(this, step + 1) is { } point)
        {
            _partings.Add(point);
        }

        return Contenders.FirstOrDefault(contender => !double.IsFinite(contender.Loss));
    }

    public void Dispose()
    {
        foreach (var contender in All)
        {
            contender.Dispose();
        }
    }

    // The loss of even odds on all classes: 25·ln V for a window of min-char-rnn. Squared errors have no such start, nor have trained weights.
    private static double ChanceLoss(RnnSpec spec, ITask<T> task)
    {
        if (spec.Loss != LossKind.CrossEntropy)
        {
            return double.NaN;
        }

        var outputs = spec.Reduction == Reduction.Sum ? task.TrainingBatch(0).Batch.CountedOutputs(spec.Outputs) : 1;
        return outputs * Math.Log(spec.OutputSize);
    }
}

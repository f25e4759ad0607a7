using System.Globalization;
using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Training;

/// <summary>The gradients of every time step while a network trains: as the config clips them, and in a companion with clipping the other way.</summary>
/// <typeparam name="T">The precision of the training; gradients are looked at in float64.</typeparam>
internal sealed class FollowedFlow<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<FlowSnapshot> _seen = [];
    private readonly (string Name, Contender<T> Trained, Clipping Clipping)[] _followed;
    private readonly string _engine;
    private readonly int _every;

    /// <summary>Follows a training.</summary>
    /// <param name="config">The config.</param>
    /// <param name="prefix">What sets the network apart from others of the run; may be empty.</param>
    /// <param name="first">The engine that trains as the config says.</param>
    /// <param name="enter">Enters another engine of the same kind with the same weights and other options.</param>
    public FollowedFlow(ExperimentConfig config, string prefix, Contender<T> first, Func<TrainingOptions, Contender<T>> enter)
    {
        var other = config with { Clipping = OtherClipping(config) };
        _followed = [.. new[] { (config, first), (other, enter(ConfiguredTraining.Options(other))) }
            .Select(each => (prefix + Described(each.Item1), each.Item2, ConfiguredTraining.Options(each.Item1).Clipping))];
        (_engine, _every) = (first.Engine.Name == EngineFactory.Fused ? EngineFactory.Manual : first.Engine.Name, config.FlowEvery);
    }

    private Contender<T> Companion => _followed[1].Trained;

    /// <summary>The clipping that a config does not have: none, or by norm.</summary>
    public static string OtherClipping(ExperimentConfig config) => config.Clipping == "none" ? "norm" : "none";

    /// <summary>How a config clips, in words.</summary>
    public static string Described(ExperimentConfig config)
    {
        return config.Clipping == "none" ? "no clipping" : string.Create(CultureInfo.InvariantCulture, $"clipping by {config.Clipping} {config.ClippingLimit}");
    }

    /// <summary>Looks before an update where it is time to, before the first engine makes it.</summary>
    /// <param name="batch">The batch of the step.</param>
    /// <param name="step">The updates made so far.</param>
    public void Look(TaskBatch<T> batch, int step)
    {
        if (step % _every == 0)
        {
            _seen.AddRange(SeenNow(batch, step));
        }
    }

    /// <summary>Makes the companion's step; not any more once its loss is not a number.</summary>
    public void Train(TaskBatch<T> batch, int step, double learningRate)
    {
        if (step == 0 || double.IsFinite(Companion.Loss))
        {
            Companion.Engine.LearningRate = learningRate;
            Companion.Train(batch, step + 1, measures: false);
        }
    }

    /// <summary>All that was seen, with the weights as they are at the end where it is time to look.</summary>
    /// <param name="steps">The updates that were made.</param>
    /// <param name="next">The batch that would come next.</param>
    public IReadOnlyList<FlowSnapshot> UpTo(int steps, TaskBatch<T> next)
    {
        IEnumerable<FlowSnapshot> all = steps % _every == 0 && (_seen.Count == 0 || _seen[^1].Step < steps) ? [.. _seen, .. SeenNow(next, steps)] : _seen;
        return [.. all.OrderBy(snapshot => Array.FindIndex(_followed, followed => followed.Name == snapshot.Case)).ThenBy(snapshot => snapshot.Step)];
    }

    /// <summary>Writes everything that later looks, and the results, depend on.</summary>
    public void Save(ArrayScope kept)
    {
        Companion.Save(kept.In("companion"));
        kept.Put("case", [.. _seen.Select(snapshot => (double)Array.FindIndex(_followed, followed => followed.Name == snapshot.Case))]);
        kept.Put("step", [.. _seen.Select(snapshot => (double)snapshot.Step)]);
        kept.Put("figures", [.. _seen.SelectMany(snapshot => new[] { snapshot.Loss, snapshot.GradientNorm, snapshot.ClippedNorm, snapshot.Norms.Count })]);
        kept.Put("norms", [.. _seen.SelectMany(snapshot => snapshot.Norms)]);
    }

    /// <summary>Goes on from what was written.</summary>
    /// <exception cref="InvalidDataException">It is not of this training.</exception>
    public void Restore(ArrayScope kept)
    {
        Companion.Restore(kept.In("companion"));
        var (cases, steps, figures, norms) = (kept.Take("case"), kept.Take("step"), kept.Take("figures").Chunk(4).ToArray(), kept.Take("norms"));
        var at = 0;
        for (var i = 0; i < cases.Length; i++)
        {
            var count = (int)figures[i][3];
            _seen.Add(new(_followed[(int)cases[i]].Name, Companion.Engine.Spec.Cell.Name, _engine, (int)steps[i], figures[i][0], figures[i][1], figures[i][2], norms[at..(at + count)]));
            at += count;
        }
    }

    public void Dispose() => Companion.Dispose();

    private IEnumerable<FlowSnapshot> SeenNow(TaskBatch<T> batch, int step)
    {
        foreach (var (name, trained, clipping) in _followed.Where(followed => step == 0 || double.IsFinite(followed.Trained.Loss)))
        {
            using var engine = EngineFactory.Create(_engine, trained.Engine.ReadWeights().Convert<double>());
            var own = batch.Batch with { InitialState = batch.Continues ? trained.KeepState() : null };
            yield return FlowSnapshot.Of(name, engine, own.Convert<T, double>(), clipping, step);
        }
    }
}

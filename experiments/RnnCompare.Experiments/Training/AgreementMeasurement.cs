using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>Compares the engines of a group with the first of them.</summary>
internal static class AgreementMeasurement
{
    /// <summary>Every gradient of a batch, in one precision, on the scale of what rounding costs on that batch; truncated where training is.</summary>
    public static IEnumerable<Agreement> OfGradients<T>(
        RnnWeights<double> weights, ITask<T> task, SequenceBatch<double> batch, IReadOnlyList<string> engines, TruncationSpec? truncation, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var precision = Precisions.Of<T>();
        var floor = NoiseFloor.Measure(weights, batch, precision, truncation: truncation);
        var results = engines.Select(Gradients).ToArray();
        return engines.Zip(results).Skip(1).Select(pair => new Agreement(
            engines[0], pair.First, precision.Name(), GradientComparison.Compare(results[0], pair.Second, floor)));

        GradientResult<T> Gradients(string name)
        {
            cancellation.ThrowIfCancellationRequested();
            using var engine = EngineFactory.Create(name, weights.Convert<T>());
            var own = task.TrainingBatch(0).Batch;
            return truncation is null ? engine.Gradients(own) : TruncatedBptt.Gradients(engine, own, truncation);
        }
    }

    /// <summary>The weights as they are now, on the scale of how far the perturbed copies have moved off.</summary>
    public static IEnumerable<Agreement> OfWeights<T>(EngineGroup<T> group)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (group.Copies.Count == 0)
        {
            return [];
        }

        var first = TensorSet.Of(group.Contenders[0].Engine.ReadWeights());
        var floor = new TrajectoryFloor(first, [.. group.Copies.Select(copy => TensorSet.Of(copy.ReadWeights()))], Precisions.Of<T>().UnitRoundoff());
        return group.Contenders.Skip(1).Select(contender => new Agreement(
            group.Contenders[0].Engine.Name,
            contender.Engine.Name,
            Precisions.Of<T>().Name(),
            GradientComparison.Compare(first, TensorSet.Of(contender.Engine.ReadWeights()), floor)));
    }
}

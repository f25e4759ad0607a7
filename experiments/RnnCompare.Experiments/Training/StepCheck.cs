using System.Globalization;
using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>Whether engines make one step right, whatever became of their trajectories.</summary>
/// <remarks>
/// Every engine takes up the first one's training just before the step. Its gradients must equal the first engine's as far as
/// rounding on that batch allows, and its update must be that of torch.optim's equations applied to its own gradients. Nothing
/// can grow in one step: a rounding that the optimizer turns into a large move (Adagrad moves a weight by the learning rate
/// however small the gradient) is in both.
/// </remarks>
internal static class StepCheck
{
    // Some operations in another order, with or without fused multiply-adds, and the norm that clipping divides by.
    private const double Roundings = 64;

    // How often the update is repeated from gradients and a memory that are off by one rounding, which shows where it cancels.
    private const int Repeats = 4;

    /// <summary>What an engine does wrong in the step, in a line; null where all make it right.</summary>
    /// <param name="group">The engines.</param>
    /// <param name="before">The first engine's training before the step.</param>
    /// <param name="batch">The batch, with the state that the first engine carried to it.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    public static string? Find<T>(EngineGroup<T> group, TrainingMemory<T> before, SequenceBatch<T> batch, double learningRate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var floor = NoiseFloor.Measure(before.Weights.Convert<double>(), batch.Convert<T, double>(), Precisions.Of<T>(), truncation: group.Truncation);
        var first = Gradients(group.Contenders[0].Engine.Name);
        foreach (var contender in group.Contenders.Skip(1))
        {
            var comparison = GradientComparison.Compare(first, Gradients(contender.Engine.Name), floor);
            if (!comparison.Agrees)
            {
                return comparison.Describe(group.Contenders[0].Engine.Name, contender.Engine.Name);
            }
        }

        return group.Contenders.Select(contender => FindInUpdate(group, contender.Engine.Name, before, batch, learningRate)).FirstOrDefault(line => line is not null);

        GradientResult<T> Gradients(string name)
        {
            using var engine = group.Create(name, before.Weights);
            return group.Truncation is null ? engine.Gradients(batch) : TruncatedBptt.Gradients(engine, batch, group.Truncation);
        }
    }

    // Whole batches, truncated or not: an optimizer does not know where gradients come from.
    private static string? FindInUpdate<T>(EngineGroup<T> group, string name, TrainingMemory<T> before, SequenceBatch<T> batch, double learningRate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var engine = group.Create(name, before.Weights);
        engine.RestoreTraining(before);
        engine.LearningRate = learningRate;
        var gradients = engine.Gradients(batch).Weights;
        engine.Train(batch);

        GradientClipping.Apply(group.Training.Clipping, gradients);
        var expected = Expected(before, gradients);
        RnnWeights<T>[] repeats = [.. Enumerable.Range(1, Repeats).Select(copy => Expected(
            before with { Optimizer = before.Optimizer.ToDictionary(part => part.Key, part => Perturbation.OneUnit(part.Value, copy, copy)) },
            Perturbation.OneUnit(gradients, Repeats + copy, copy)))];
        var actual = engine.ReadWeights();
        for (var i = 0; i < expected.Tensors.Count; i++)
        {
            T[] Values(RnnWeights<T> weights) => weights.Tensors[i].Values.Data;
            if (FirstFar(Values(expected), Values(actual), Values(before.Weights), [.. repeats.Select(Values)]) is { } k)
            {
                var (tensor, values) = expected.Tensors[i];
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tensor}[{string.Join(',', values.IndexOf(k))}]: {name} moves {Values(before.Weights)[k]:0.000000e-0} to {Values(actual)[k]:0.000000e-0}, torch.optim's equations to {values.Data[k]:0.000000e-0}");
            }
        }

        return null;

        RnnWeights<T> Expected(TrainingMemory<T> memory, RnnWeights<T> g)
        {
            var optimizer = Optimizer<T>.Create(group.Training.Optimizer, group.Spec);
            optimizer.Restore(memory.Steps, memory.Optimizer);
            optimizer.LearningRate = learningRate;
            var weights = memory.Weights.Clone();
            optimizer.Step(weights, g);
            return weights;
        }
    }

    private static int? FirstFar<T>(T[] expected, T[] actual, T[] before, T[][] repeats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var roundoff = Precisions.Of<T>().UnitRoundoff();
        for (var i = 0; i < expected.Length; i++)
        {
            var (w, own, old) = (double.CreateChecked(expected[i]), double.CreateChecked(actual[i]), double.CreateChecked(before[i]));
            var spread = repeats.Max(repeat => Math.Abs(double.CreateChecked(repeat[i]) - w));
            if (!(Math.Abs(own - w) <= Roundings * Math.Max(spread, roundoff * (Math.Abs(w) + Math.Abs(w - old)))))
            {
                return i;
            }
        }

        return null;
    }
}

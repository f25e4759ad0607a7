using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Flow.Sweeps;

/// <summary>Looks at gradients while a network trains, with its gradients clipped and without.</summary>
internal static class FlowTraining
{
    /// <summary>Trains this project's engine of the cell, in float64, as the config says and with clipping switched to the other side.</summary>
    /// <param name="config">The config, of one cell.</param>
    /// <param name="task">Its task.</param>
    /// <param name="every">Steps between two looks.</param>
    /// <param name="setting">What sets the config apart from others, before the clipping; may be empty.</param>
    /// <param name="begun">Called before each training.</param>
    /// <param name="cancellation">Ends the training after the current step.</param>
    public static IEnumerable<FlowSnapshot> Follow(
        ExperimentConfig config, ITask<double> task, int every, string setting, Action<string> begun, CancellationToken cancellation)
    {
        var clipped = config.Clipping == "none" ? config with { Clipping = "norm" } : config;
        foreach (var variant in new[] { clipped, config with { Clipping = "none" } })
        {
            var name = string.Join(", ", new[] { setting, Described(variant) }.Where(part => part.Length > 0));
            begun($"training, {name}");
            var spec = ConfiguredNetwork.Of(variant, task.Shape, CellFile.CellOf(variant.Cells));
            var options = ConfiguredTraining.Options(variant);
            var schedule = ConfiguredTraining.Schedule(variant);
            using var contender = new Contender<double>(
                EngineFactory.OwnOf(spec.Cell), CellEngine.Create(InitialWeights.Create<double>(variant, spec), options), ConfiguredTraining.Truncation(variant), warmUp: 0, startLoss: double.NaN, withoutLearning: double.NaN);
            for (var step = 0; ; step++)
            {
                var batch = task.TrainingBatch(step);
                if (step % every == 0)
                {
                    yield return Look(name, contender.Engine, batch.Batch with { InitialState = batch.Continues ? contender.State?.Convert<double>() : null }, options.Clipping, step);
                }

                if (step == variant.Steps || cancellation.IsCancellationRequested || (step > 0 && !double.IsFinite(contender.Loss)))
                {
                    break;
                }

                contender.Engine.LearningRate = schedule.RateAt(step, variant.LearningRate);
                contender.Train(batch, step + 1, measures: false);
            }
        }
    }

    /// <summary>The gradients of a batch as they are now.</summary>
    /// <param name="name">How is trained.</param>
    /// <param name="engine">An engine that sees dL/dh_t.</param>
    /// <param name="batch">The batch of the next step.</param>
    /// <param name="clipping">What will happen to the gradients.</param>
    /// <param name="step">How many updates there were.</param>
    private static FlowSnapshot Look(string name, IRnnEngine<double> engine, SequenceBatch<double> batch, Clipping clipping, int step)
    {
        var gradients = engine.Gradients(batch);
        var norm = Norm(gradients.Weights);
        GradientClipping.Apply(clipping, gradients.Weights);
        var spec = engine.Spec;
        return new(
            name, spec.Cell.Name, engine.Name, step, gradients.Loss, norm, Norm(gradients.Weights), FlowNorms.OfSteps(gradients.Hidden!, (spec.Layers - 1) * spec.Directions));
    }

    private static double Norm(RnnWeights<double> gradients) => Math.Sqrt(gradients.Tensors.Sum(tensor => tensor.Values.Data.Sum(value => value * value)));

    private static string Described(ExperimentConfig config)
    {
        return config.Clipping == "none" ? "no clipping" : string.Create(CultureInfo.InvariantCulture, $"clipping by {config.Clipping} {config.ClippingLimit}");
    }
}

using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

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
        foreach (var variant in new[] { config, config with { Clipping = FollowedFlow<double>.OtherClipping(config) } })
        {
            var name = string.Join(", ", new[] { setting, FollowedFlow<double>.Described(variant) }.Where(part => part.Length > 0));
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
                    yield return FlowSnapshot.Of(name, contender.Engine, batch.Batch with { InitialState = batch.Continues ? contender.State?.Convert<double>() : null }, options.Clipping, step);
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
}

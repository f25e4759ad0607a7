using RnnCompare.Experiments.Configs;
using RnnCompare.Training;

namespace RnnCompare.Experiments.Running;

/// <summary>The optimizers by name, and the training options of a config.</summary>
internal static class OptimizerTable
{
    public static IReadOnlyList<string> Names { get; } = ["sgd", "adagrad"];

    public static TrainingOptions Options(ExperimentConfig config)
    {
        return new()
        {
            Optimizer = config.Optimizer switch
            {
                "sgd" => new SgdSpec { LearningRate = config.LearningRate },
                "adagrad" => new AdagradSpec { LearningRate = config.LearningRate },
                _ => throw new ArgumentException($"'{config.Optimizer}' is no optimizer.", nameof(config)),
            },
            Clipping = config.Clipping switch
            {
                "value" => new Clipping.ByValue(config.ClippingLimit),
                "norm" => new Clipping.ByNorm(config.ClippingLimit),
                _ => Clipping.None,
            },
        };
    }
}

using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Training;

/// <summary>Optimizers and schedules by name, and what a config makes of them.</summary>
internal static class OptimizerTable
{
    public static IReadOnlyList<string> Names { get; } = ["sgd", "adagrad", "rmsprop", "adam", "adamw"];

    public static IReadOnlyList<string> Schedules { get; } = ["constant", "step", "exponential", "cosine"];

    /// <summary>How the engines of a config update.</summary>
    /// <exception cref="InputException">The constants do not fit each other.</exception>
    public static TrainingOptions Options(ExperimentConfig config)
    {
        var optimizer = Optimizer(config) with { LearningRate = config.LearningRate, WeightDecay = config.WeightDecay };
        try
        {
            optimizer.Require();
        }
        catch (ArgumentException e)
        {
            throw new InputException($"optimizer {config.Optimizer}: {e.Message}", e);
        }

        return new()
        {
            Optimizer = optimizer,
            Clipping = config.Clipping switch
            {
                "value" => new Clipping.ByValue(config.ClippingLimit),
                "norm" => new Clipping.ByNorm(config.ClippingLimit),
                _ => Clipping.None,
            },
        };
    }

    /// <summary>How the learning rate of a config changes.</summary>
    public static LearningRateSchedule Schedule(ExperimentConfig config)
    {
        var steps = config.ScheduleSteps > 0 ? config.ScheduleSteps : config.Steps;
        return config.Schedule switch
        {
            "step" => new StepDecay { StepSize = steps, Gamma = config.ScheduleFactor },
            "exponential" => new ExponentialDecay { Gamma = config.ScheduleFactor },
            "cosine" => new CosineAnnealing { Steps = steps, MinimumRate = config.ScheduleMinimum },
            _ => new ConstantRate(),
        };
    }

    private static OptimizerSpec Optimizer(ExperimentConfig config)
    {
        return config.Optimizer switch
        {
            "sgd" => new SgdSpec { Momentum = config.Momentum, Dampening = config.Dampening, Nesterov = config.Nesterov },
            "adagrad" => Adagrad(new()),
            "rmsprop" => RmsProp(new()),
            "adam" => Moments(new AdamSpec()),
            "adamw" => Moments(new AdamWSpec()),
            _ => throw new ArgumentException($"'{config.Optimizer}' is no optimizer.", nameof(config)),
        };

        AdagradSpec Adagrad(AdagradSpec spec)
        {
            return spec with { LearningRateDecay = config.LearningRateDecay, InitialAccumulator = config.InitialAccumulator, Epsilon = Epsilon(spec.Epsilon) };
        }

        RmsPropSpec RmsProp(RmsPropSpec spec)
        {
            return spec with { Alpha = config.Alpha, Momentum = config.Momentum, Centered = config.Centered, Epsilon = Epsilon(spec.Epsilon) };
        }

        AdaptiveMomentSpec Moments(AdaptiveMomentSpec spec)
        {
            return spec with { Beta1 = config.Beta1, Beta2 = config.Beta2, AmsGrad = config.AmsGrad, Epsilon = Epsilon(spec.Epsilon) };
        }

        double Epsilon(double own) => config.Epsilon > 0 ? config.Epsilon : own;
    }
}

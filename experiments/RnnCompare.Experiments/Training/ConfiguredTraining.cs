using RnnCompare.Optimizers;
using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>What a config makes of updates: the optimizer, the clipping, how the learning rate changes, and how far gradients go back.</summary>
internal static class ConfiguredTraining
{
    private static readonly OrderedDictionary<string, Func<double, Clipping>> ClippingsByName = new()
    {
        ["none"] = _ => Clipping.None,
        ["value"] = limit => new Clipping.ByValue(limit),
        ["norm"] = limit => new Clipping.ByNorm(limit),
    };

    private static readonly OrderedDictionary<string, Func<ExperimentConfig, int, LearningRateSchedule>> SchedulesByName = new()
    {
        ["constant"] = (_, _) => new ConstantRate(),
        ["step"] = (config, steps) => new StepDecay { StepSize = steps, Gamma = config.ScheduleFactor },
        ["exponential"] = (config, _) => new ExponentialDecay { Gamma = config.ScheduleFactor },
        ["cosine"] = (config, steps) => new CosineAnnealing { Steps = steps, MinimumRate = config.ScheduleMinimum },
    };

    /// <summary>The words of the key <c>clipping</c>.</summary>
    public static IReadOnlyList<string> Clippings { get; } = [.. ClippingsByName.Keys];

    /// <summary>The words of the key <c>schedule</c>.</summary>
    public static IReadOnlyList<string> Schedules { get; } = [.. SchedulesByName.Keys];

    /// <summary>How the engines of a config update.</summary>
    /// <exception cref="InputException">The constants do not fit each other.</exception>
    public static TrainingOptions Options(ExperimentConfig config)
    {
        var optimizer = config.Constants.Apply(OptimizerTable.Named(config.Optimizer)) with { LearningRate = config.LearningRate, WeightDecay = config.WeightDecay };
        try
        {
            optimizer.Require();
        }
        catch (ArgumentException e)
        {
            throw new InputException($"optimizer {config.Optimizer}: {e.Message}", e);
        }

        return new() { Optimizer = optimizer, Clipping = ClippingsByName[config.Clipping](config.ClippingLimit) };
    }

    /// <summary>How the learning rate of a config changes.</summary>
    public static LearningRateSchedule Schedule(ExperimentConfig config)
    {
        return SchedulesByName[config.Schedule](config, config.ScheduleSteps > 0 ? config.ScheduleSteps : config.Steps);
    }

    /// <summary>The truncation of a config; null for full backpropagation through time.</summary>
    /// <exception cref="InputException">The values do not fit each other.</exception>
    public static TruncationSpec? Truncation(ExperimentConfig config)
    {
        var (between, back) = (config.TruncationSteps, config.TruncationWindow);
        if (back > 0 && back < between)
        {
            throw new InputException($"truncationWindow is {back}, but must be at least truncationSteps, which is {between}, or 0.");
        }

        if (back > 0 && between == 0)
        {
            throw new InputException($"truncationWindow is {back}, but truncationSteps is 0, so that nothing is truncated.");
        }

        if (between > 0 && config.Bidirectional)
        {
            throw new InputException($"truncationSteps is {between}, but bidirectional is true: a network that also reads from the end cannot be cut in time.");
        }

        return between == 0 ? null : new(between, back == 0 ? between : back);
    }
}

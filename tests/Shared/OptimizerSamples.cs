using RnnCompare.Optimizers;

namespace RnnCompare.Tests.Shared;

/// <summary>Optimizers in which every constant of every kind departs from its default at least once.</summary>
internal static class OptimizerSamples
{
    public static IReadOnlyDictionary<string, OptimizerSpec> All { get; } = new Dictionary<string, OptimizerSpec>
    {
        ["sgd"] = new SgdSpec { LearningRate = 0.1 },
        ["sgd decay"] = new SgdSpec { LearningRate = 0.1, WeightDecay = 0.02 },
        ["sgd momentum"] = new SgdSpec { LearningRate = 0.05, Momentum = 0.9 },
        ["sgd dampening"] = new SgdSpec { LearningRate = 0.05, Momentum = 0.8, Dampening = 0.3, WeightDecay = 0.01 },
        ["sgd nesterov"] = new SgdSpec { LearningRate = 0.05, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01 },
        ["adagrad"] = new AdagradSpec { LearningRate = 0.1 },
        ["adagrad decays"] = new AdagradSpec { LearningRate = 0.1, LearningRateDecay = 0.05, WeightDecay = 0.02 },
        ["adagrad start"] = new AdagradSpec { LearningRate = 0.1, InitialAccumulator = 0.5, Epsilon = 1e-3 },
        ["rmsprop"] = new RmsPropSpec { LearningRate = 0.02 },
        ["rmsprop momentum"] = new RmsPropSpec { LearningRate = 0.01, Alpha = 0.9, Momentum = 0.8, WeightDecay = 0.02 },
        ["rmsprop centered"] = new RmsPropSpec { LearningRate = 0.01, Alpha = 0.95, Centered = true, Epsilon = 1e-3 },
        ["rmsprop all"] = new RmsPropSpec { LearningRate = 0.01, Alpha = 0.9, Momentum = 0.7, Centered = true, Epsilon = 1e-4, WeightDecay = 0.01 },
        ["adam"] = new AdamSpec { LearningRate = 0.05 },
        ["adam decay"] = new AdamSpec { LearningRate = 0.02, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-4, WeightDecay = 0.02 },
        ["adam amsgrad"] = new AdamSpec { LearningRate = 0.05, Beta2 = 0.9, AmsGrad = true },
        ["adamw"] = new AdamWSpec { LearningRate = 0.05 },
        ["adamw amsgrad"] = new AdamWSpec { LearningRate = 0.02, Beta1 = 0.85, Beta2 = 0.95, Epsilon = 1e-5, WeightDecay = 0.1, AmsGrad = true },
    };
}

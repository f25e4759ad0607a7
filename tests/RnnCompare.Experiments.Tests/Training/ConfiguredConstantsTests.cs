using RnnCompare.Cells;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Tests.Training;

/// <summary>Every constant of a config arrives where it is meant.</summary>
public class ConfiguredConstantsTests
{
    // No two values are equal, and none is a default.
    private static readonly ExperimentConfig Config = new()
    {
        LearningRate = 0.03,
        WeightDecay = 0.04,
        Constants = new()
        {
            ["momentum"] = 0.5,
            ["dampening"] = 0.25,
            ["learningRateDecay"] = 0.06,
            ["initialAccumulator"] = 0.07,
            ["alpha"] = 0.8,
            ["centered"] = true,
            ["beta1"] = 0.7,
            ["beta2"] = 0.95,
            ["amsGrad"] = true,
            ["epsilon"] = 1e-6,
        },
        Clipping = "norm",
        ClippingLimit = 2,
        Steps = 100,
    };

    [Fact]
    public void Options_HaveEveryConstantOfTheOptimizer()
    {
        Check("sgd", new SgdSpec { LearningRate = 0.03, WeightDecay = 0.04, Momentum = 0.5, Dampening = 0.25 });
        Check("adagrad", new AdagradSpec { LearningRate = 0.03, WeightDecay = 0.04, LearningRateDecay = 0.06, InitialAccumulator = 0.07, Epsilon = 1e-6 });
        Check("rmsprop", new RmsPropSpec { LearningRate = 0.03, WeightDecay = 0.04, Alpha = 0.8, Momentum = 0.5, Centered = true, Epsilon = 1e-6 });
        Check("adam", new AdamSpec { LearningRate = 0.03, WeightDecay = 0.04, Beta1 = 0.7, Beta2 = 0.95, AmsGrad = true, Epsilon = 1e-6 });
        Check("adamw", new AdamWSpec { LearningRate = 0.03, WeightDecay = 0.04, Beta1 = 0.7, Beta2 = 0.95, AmsGrad = true, Epsilon = 1e-6 });
        var nesterov = ConfiguredTraining.Options(Config with { Optimizer = "sgd", Constants = Config.Constants.With("dampening", 0.0).With("nesterov", true) });
        Assert.Equal(new SgdSpec { LearningRate = 0.03, WeightDecay = 0.04, Momentum = 0.5, Nesterov = true }, nesterov.Optimizer);

        static void Check(string name, OptimizerSpec expected)
        {
            var options = ConfiguredTraining.Options(Config with { Optimizer = name });
            Assert.Equal(expected, options.Optimizer);
            Assert.Equal(new Clipping.ByNorm(2), options.Clipping);
        }
    }

    [Fact]
    public void Options_LeaveEpsilonToTheOptimizerUnlessItIsGiven()
    {
        Assert.Equal(1e-10, ((AdagradSpec)ConfiguredTraining.Options(new() { Optimizer = "adagrad" }).Optimizer).Epsilon);
        Assert.Equal(1e-8, ((RmsPropSpec)ConfiguredTraining.Options(new() { Optimizer = "rmsprop" }).Optimizer).Epsilon);
        Assert.Equal(1e-8, ((AdamSpec)ConfiguredTraining.Options(new() { Optimizer = "adam" }).Optimizer).Epsilon);
    }

    [Fact]
    public void Schedule_HasItsConstants()
    {
        var config = Config with { ScheduleFactor = 0.5, ScheduleSteps = 7, ScheduleMinimum = 0.001 };
        Assert.Equal(new ConstantRate(), ConfiguredTraining.Schedule(config));
        Assert.Equal(new StepDecay { StepSize = 7, Gamma = 0.5 }, ConfiguredTraining.Schedule(config with { Schedule = "step" }));
        Assert.Equal(new ExponentialDecay { Gamma = 0.5 }, ConfiguredTraining.Schedule(config with { Schedule = "exponential" }));
        Assert.Equal(new CosineAnnealing { Steps = 7, MinimumRate = 0.001 }, ConfiguredTraining.Schedule(config with { Schedule = "cosine" }));
        Assert.Equal(new CosineAnnealing { Steps = 100, MinimumRate = 0.001 }, ConfiguredTraining.Schedule(config with { Schedule = "cosine", ScheduleSteps = 0 }));
    }

    [Fact]
    public void InitialWeights_HaveTheScalesAndBiases()
    {
        var config = new ExperimentConfig { HiddenSize = 40, Cells = "lstm" };
        var normal = Create(config with { InitialScale = 5, RecurrentScale = 3 });
        Assert.Equal(0.05, Deviation(normal.Wxh), 0.05 * 0.05);
        Assert.Equal(0.15, Deviation(normal.Whh), 0.15 * 0.05);
        Assert.All(normal.bh.Data, bias => Assert.Equal(0, bias));

        var biased = Create(config with { Initializer = "torch", InitialBias = 0.5, ForgetBias = 2 });
        Assert.Equal(Enumerable.Repeat(0.5, 40).Concat(Enumerable.Repeat(2.0, 40)).Concat(Enumerable.Repeat(0.5, 80)), biased.bh.Data);
        Assert.All(biased.by.Data, bias => Assert.Equal(0.5, bias));

        var radius = Create(config with { Initializer = "spectral-radius", RecurrentScale = 0.9 });
        Assert.Equal(0.9, SpectralRadius.Of(new NdArray<double>(radius.Whh.Data[..1600], 40, 40)), 1e-9);

        static RnnWeights<double> Create(ExperimentConfig config) =>
            InitialWeights.Create<double>(config, new() { Cell = LstmCell.Instance, InputSize = 60, HiddenSize = config.HiddenSize, OutputSize = 3 });
    }

    private static double Deviation(NdArray<double> values) => Math.Sqrt(values.Data.Average(value => value * value));
}

using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Tests.Optimizers;

public class OptimizerSpecTests
{
    [Fact]
    public void Constants_OutOfRangeAreRefusedByName()
    {
        Refused("LearningRate is -0.1, but must not be negative.", () => new SgdSpec { LearningRate = -0.1 });
        Refused("LearningRate is NaN, but must not be negative.", () => new AdamSpec { LearningRate = double.NaN });
        Refused("WeightDecay is -1, but must not be negative.", () => new AdamWSpec { WeightDecay = -1 });
        Refused("Momentum is -0.9, but must be at least 0.", () => new SgdSpec { Momentum = -0.9 });
        Refused("LearningRateDecay is -1, but must be at least 0.", () => new AdagradSpec { LearningRateDecay = -1 });
        Refused("InitialAccumulator is -1, but must be at least 0.", () => new AdagradSpec { InitialAccumulator = -1 });
        Refused("Epsilon is -1, but must be at least 0.", () => new AdagradSpec { Epsilon = -1 });
        Refused("Epsilon is -1, but must be at least 0.", () => new RmsPropSpec { Epsilon = -1 });
        Refused("Alpha is -1, but must be at least 0.", () => new RmsPropSpec { Alpha = -1 });
        Refused("Momentum is -1, but must be at least 0.", () => new RmsPropSpec { Momentum = -1 });
        Refused("Beta1 is 1, but must be at least 0 and below 1.", () => new AdamSpec { Beta1 = 1 });
        Refused("Beta2 is -0.1, but must be at least 0 and below 1.", () => new AdamWSpec { Beta2 = -0.1 });
        Refused("Epsilon is -1, but must be at least 0.", () => new AdamSpec { Epsilon = -1 });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.1)]
    public void Nesterov_NeedsMomentumWithoutDampening(double momentum, double dampening)
    {
        var spec = new SgdSpec { Momentum = momentum, Dampening = dampening, Nesterov = true };
        var refused = Assert.Throws<ArgumentException>(() => new TrainingOptions { Optimizer = spec });
        Assert.Equal($"Nesterov needs a momentum above 0 and no dampening, but Momentum is {momentum} and Dampening is {dampening}.", refused.Message);
        _ = new TrainingOptions { Optimizer = spec with { Momentum = 0.9, Dampening = 0 } };
    }

    [Fact]
    public void LearningRate_OfARunningOptimizerIsCheckedToo()
    {
        using var engine = new ManualEngine<double>(new(new RnnSpec { Cell = RnnCell.Tanh, InputSize = 1, HiddenSize = 2, OutputSize = 3 }));
        Refused("LearningRate is -1, but must not be negative.", () => engine.LearningRate = -1);
    }

    private static void Refused(string message, Func<object> create)
    {
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);
    }
}

using RnnCompare.Optimizers;

namespace RnnCompare.Tests.Optimizers;

public class LearningRateScheduleTests
{
    [Fact]
    public void Constant_StaysAtTheBaseRate()
    {
        Assert.All(Enumerable.Range(0, 9), step => Assert.Equal(0.3, new ConstantRate().RateAt(step, 0.3)));
    }

    // The recurrences of torch.optim.lr_scheduler, of which RateAt is the closed form.
    [Fact]
    public void Step_MultipliesAtEveryMultiple()
    {
        var rate = 0.5;
        for (var step = 0; step < 40; step++)
        {
            rate *= step > 0 && step % 7 == 0 ? 0.3 : 1;
            Near(rate, new StepDecay { StepSize = 7, Gamma = 0.3 }.RateAt(step, 0.5));
        }
    }

    [Fact]
    public void Exponential_MultipliesAtEveryStep()
    {
        var rate = 0.5;
        for (var step = 0; step < 40; step++)
        {
            Near(rate, new ExponentialDecay { Gamma = 0.9 }.RateAt(step, 0.5));
            rate *= 0.9;
        }
    }

    [Fact]
    public void Cosine_FallsToTheMinimumAndReturns()
    {
        var (rate, minimum) = (0.5, 0.1);
        for (var step = 0; step <= 20; step++)
        {
            Near(rate, new CosineAnnealing { Steps = 20, MinimumRate = minimum }.RateAt(step, 0.5));
            rate = ((1 + Math.Cos(Math.PI * (step + 1) / 20)) / (1 + Math.Cos(Math.PI * step / 20)) * (rate - minimum)) + minimum;
        }

        var schedule = new CosineAnnealing { Steps = 20, MinimumRate = 0.1 };
        Assert.Equal(0.1, schedule.RateAt(20, 0.5));
        Near(0.5, schedule.RateAt(40, 0.5));
    }

    [Fact]
    public void Constants_OutOfRangeAreRefusedByName()
    {
        Refused("StepSize is 0, but must be at least 1.", () => new StepDecay { StepSize = 0 });
        Refused("Gamma is -1, but must not be negative.", () => new ExponentialDecay { Gamma = -1 });
        Refused("Steps is 0, but must be at least 1.", () => new CosineAnnealing { Steps = 0 });
        Refused("MinimumRate is NaN, but must not be negative.", () => new CosineAnnealing { Steps = 1, MinimumRate = double.NaN });
        Refused("step", () => new ConstantRate().RateAt(-1, 0.1));
    }

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-14 * expected, $"{expected:R} {actual:R}");

    private static void Refused(string message, Func<object> create)
    {
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);
    }
}

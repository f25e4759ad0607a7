using RnnCompare.Optimizers;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests;

/// <summary>The schedules' closed forms beside the recurrences of torch's schedulers.</summary>
public class ScheduleAgreementTests
{
    private const double BaseRate = 0.3;

    public static TheoryData<LearningRateSchedule> Schedules() =>
    [
        new StepDecay { StepSize = 7, Gamma = 0.6 },
        new StepDecay { StepSize = 1 },
        new ExponentialDecay { Gamma = 0.97 },
        new CosineAnnealing { Steps = 100, MinimumRate = 0.01 },
        new CosineAnnealing { Steps = 1 },
    ];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Rates_AgreeOverAHundredSteps(LearningRateSchedule schedule)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD([nn.Parameter(from_array(new double[1]))], BaseRate);
        optim.lr_scheduler.LRScheduler scheduler = schedule switch
        {
            StepDecay decay => optim.lr_scheduler.StepLR(optimizer, decay.StepSize, decay.Gamma),
            ExponentialDecay decay => optim.lr_scheduler.ExponentialLR(optimizer, decay.Gamma),
            CosineAnnealing cosine => optim.lr_scheduler.CosineAnnealingLR(optimizer, cosine.Steps, cosine.MinimumRate),
            _ => throw new ArgumentException($"{schedule} has no counterpart.", nameof(schedule)),
        };
        for (var step = 0; step <= 100; step++)
        {
            // The recurrence divides by 1 + cos, which nears 0 in the end and amplifies the rounding of what was before.
            Assert.Equal(optimizer.ParamGroups.Single().LearningRate, schedule.RateAt(step, BaseRate), 1e-12 * BaseRate);
            scheduler.step();
        }
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace RnnCompare.SystemTorch.Tests;

public class ScheduleTests
{
    [Fact]
    public void StepLR_DecaysEveryFewEpochs() =>
        AssertRates(optimizer => StepLR(optimizer, 3, 0.5), epoch => 0.8 * Math.Pow(0.5, epoch / 3));

    [Fact]
    public void ExponentialLR_DecaysEveryEpoch() =>
        AssertRates(optimizer => ExponentialLR(optimizer, 0.9), epoch => 0.8 * Math.Pow(0.9, epoch));

    [Fact]
    public void CosineAnnealingLR_FollowsTheCosineDownAndUp() =>
        AssertRates(optimizer => CosineAnnealingLR(optimizer, 4, 0.1), epoch => 0.1 + (0.7 * (1 + Math.Cos(Math.PI * epoch / 4)) / 2));

    private static void AssertRates(Func<optim.Optimizer, LRScheduler> create, Func<int, double> expected)
    {
        using Parameter parameter = new(from_array(new double[] { 1 }));
        using SGD optimizer = optim.SGD([parameter], 0.8);
        LRScheduler schedule = create(optimizer);
        for (int epoch = 0; epoch < 12; epoch++)
        {
            Assert.Equal(expected(epoch), optimizer.ParamGroups.Single().LearningRate, 1e-14);
            schedule.step();
        }

        schedule.step(2);
        Assert.Equal(expected(2), schedule.get_last_lr().Single(), 1e-14);
    }
}

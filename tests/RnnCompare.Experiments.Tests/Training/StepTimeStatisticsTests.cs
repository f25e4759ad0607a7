using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Training;

public sealed class StepTimeStatisticsTests
{
    [Fact]
    public void Interval_HoldsTheTrueMedianAsOftenAsItSays()
    {
        const int Trials = 400;
        var random = new Random(5);
        var held = Enumerable.Range(0, Trials).Count(_ =>
        {
            // Exponential times: skewed, with median ln 2.
            double[] seconds = [.. Enumerable.Range(0, 1000).Select(_ => -Math.Log(1 - random.NextDouble()))];
            var (lower, upper) = StepTimeStatistics.Of(seconds, seconds)!.MedianInterval;
            return lower <= Math.Log(2) && Math.Log(2) <= upper;
        });

        // 95.9 % of 400 is 384 with a standard deviation of 4; medians of fifty are a little biased.
        Assert.InRange(held, 384 - 16, 384 + 16);
    }

    [Fact]
    public void Ratio_IsTakenStretchByStretch()
    {
        // The machine becomes four times slower halfway, for both.
        double[] reference = [.. Enumerable.Range(0, 200).Select(i => i < 100 ? 1.0 : 4)];
        var statistics = StepTimeStatistics.Of([.. reference.Select(seconds => 3 * seconds)], reference)!;
        Assert.Equal((3, (3, 3)), (statistics.Ratio, statistics.RatioInterval));
        Assert.Equal((200, 3, 12), (statistics.Count, statistics.Percentiles[0], statistics.Percentiles[100]));
    }

    [Fact]
    public void TooFewSteps_GiveNothing()
    {
        Assert.Null(StepTimeStatistics.Of(new double[19], new double[30]));
    }
}

using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tests.Results.Seeds;

public class BootstrapMeanTests
{
    // Five values cover 92 % rather than 95 %, which of 500 samples shows as 88 % to 96 % (3 standard errors): all of them lie on
    // one side of the mean in 6 % of cases, and the interval with them. Plain percentiles would hold 83 % there.
    [Fact]
    public void Interval_HoldsTheMeanAsOftenAsItSays()
    {
        const int Count = 5;
        var random = new Random(4);
        var held = 0;
        const int Trials = 500;
        for (var trial = 0; trial < Trials; trial++)
        {
            var interval = BootstrapMean.Of([.. Enumerable.Range(0, Count).Select(_ => 3 + random.NextNormal())]);
            held += interval.Lower <= 3 && 3 <= interval.Upper ? 1 : 0;
        }

        Assert.InRange((double)held / Trials, 0.88, 0.97);
    }

    [Fact]
    public void Interval_NeedsFiveValues()
    {
        Assert.Equal(new BootstrapMean(1.5, double.NaN, double.NaN, 2), BootstrapMean.Of([1, 2]));
        Assert.Equal(new BootstrapMean(1, double.NaN, double.NaN, 1), BootstrapMean.Of([1]));
        Assert.False(BootstrapMean.Of([1, 2]).IsBeyondSeeds);
        Assert.True(double.IsNaN(BootstrapMean.Of([1, 2, 3, 4]).Lower));
        Assert.True(BootstrapMean.Of([1, 1.1, 0.9, 1, 1.05]) is { Lower: >= 0.9 and < 1, Upper: > 1.02 and <= 1.1 });
    }

    [Fact]
    public void Interval_OfEqualValuesIsThatValue()
    {
        Assert.Equal(new BootstrapMean(2, 2, 2, 5), BootstrapMean.Of([2, 2, 2, 2, 2]));
        Assert.Equal(new BootstrapMean(0, 0, 0, 6), BootstrapMean.Of([0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Deviation_DividesByOneLess()
    {
        Assert.Equal(Math.Sqrt(2), BootstrapMean.Deviation([1, 3]), 1e-15);
        Assert.Equal(double.NaN, BootstrapMean.Deviation([1]));
    }

    [Fact]
    public void Sentence_SaysWhetherItIsMoreThanSeedsDo()
    {
        var b = new Dictionary<int, double> { [1] = 0.10, [2] = 0.12, [3] = 0.09, [4] = 0.11, [5] = 0.10 };
        var far = b.ToDictionary(pair => pair.Key, pair => pair.Value + 0.5 + (0.01 * pair.Key));
        var near = b.ToDictionary(pair => pair.Key, pair => pair.Value + (0.01 * (pair.Key - 3.1)));
        Assert.EndsWith("over 5 seeds: they differ by more than seeds do.", SeedComparison.Of("test error", ("tanh", far), ("lstm", b)).Sentence, StringComparison.Ordinal);
        Assert.StartsWith("In test error tanh is 0.5300 above lstm, 95 % interval ", SeedComparison.Of("test error", ("tanh", far), ("lstm", b)).Sentence, StringComparison.Ordinal);
        Assert.EndsWith("over 5 seeds: no more than seeds do.", SeedComparison.Of("test error", ("tanh", near), ("lstm", b)).Sentence, StringComparison.Ordinal);
        Assert.Equal("In test error lstm and lstm are the same from each of 5 seeds.", SeedComparison.Of("test error", ("lstm", b), ("lstm", b)).Sentence);
        var two = new Dictionary<int, double> { [1] = 1, [5] = 2, [9] = 0 };
        Assert.Equal(2, SeedComparison.Of("test error", ("a", two), ("b", b)).Difference.Count);
        Assert.Contains("an interval needs 5", SeedComparison.Of("test error", ("a", two), ("b", b)).Sentence, StringComparison.Ordinal);
    }
}

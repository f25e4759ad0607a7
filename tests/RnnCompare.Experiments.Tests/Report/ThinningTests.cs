using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Tests.Report;

public sealed class ThinningTests
{
    [Theory]
    [InlineData(10_001, 400, 1)]
    [InlineData(5_000, 4_000, 2)]
    [InlineData(123_457, 1_000, 3)]
    public void Thin_KeepsExtremesEndsAndGaps(int count, int most, int seed)
    {
        var random = new Random(seed);
        double[] y = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var (peak, dip, gap) = (random.Next(1, count - 1), random.Next(1, count - 1), random.Next(1, count - 1));
        (y[peak], y[dip], y[gap]) = (1000, -1000, double.NaN);
        var thinned = Thinning.Thin(Series(y), most);
        Assert.InRange(thinned.X.Count, most / 5, most);
        Assert.Equal((0.0, count - 1.0), (thinned.X[0], thinned.X[^1]));
        Assert.Contains(peak, thinned.X.Select(x => (int)x));
        Assert.Contains(dip, thinned.X.Select(x => (int)x));
        Assert.Contains(thinned.Y, double.IsNaN);
        Assert.Equal(thinned.X.Order().Distinct(), thinned.X);
        Assert.Equal(thinned.X.Select(x => y[(int)x]), thinned.Y);
        Assert.Equal(thinned.X.Select(x => x / 2), thinned.Smoothed!);
    }

    [Fact]
    public void Thin_KeepsTheLeastAndGreatestOfEveryStretch()
    {
        double[] y = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i * i))];
        var kept = Thinning.Thin(Series(y), 50).X.Select(x => (int)x).ToHashSet();
        for (var stretch = 0; stretch < 10; stretch++)
        {
            var part = Enumerable.Range(100 * stretch, 100).ToArray();
            Assert.Contains(part.MinBy(i => y[i]), kept);
            Assert.Contains(part.MaxBy(i => y[i]), kept);
        }
    }

    [Fact]
    public void Thin_LeavesShortCurvesAlone()
    {
        var series = Series([3, 1, 2]);
        Assert.Same(series, Thinning.Thin(series, 5));
    }

    private static Series Series(double[] y)
    {
        double[] x = [.. Enumerable.Range(0, y.Length).Select(i => (double)i)];
        return new() { Name = "curve", Colour = 0, X = x, Y = y, Smoothed = [.. x.Select(value => value / 2)] };
    }
}

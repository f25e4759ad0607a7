using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Tests.Tasks;

public class SunspotTaskTests
{
    private static double[] Series => SunspotSeries.Parse(ShippedData.Read("sunspots-yearly.csv"), "the shipped data");

    [Fact]
    public void Series_IsTheClassicalOne()
    {
        Assert.Equal(289, Series.Length);
        Assert.Equal([5, 11, 16, 23, 36, 58, 29, 20, 10, 8], Series[..10]);
        Assert.Equal(190.2, Series[1957 - 1700]);
        Assert.Equal(100.2, Series[1988 - 1700]);
    }

    [Fact]
    public void Batches_TestForecastsThe33YearsFrom1956()
    {
        var task = Task(steps: 10, batchSize: 1);
        var batches = task.Batches(DataPart.Test).ToArray();
        Assert.Equal(2, batches.Length);
        Assert.False(batches[0].Counts);
        Assert.False(batches[0].Continues);
        Assert.True(batches[1].Continues && batches[1].Counts);

        // Warmed up on 1700–1954, it reads 1955 and forecasts 1956, and so on to 1988.
        Assert.Equal(255, batches[0].Batch.Steps);
        Assert.Equal(33, batches[1].Batch.Steps);
        var (inputs, targets) = (batches[1].Batch.Inputs.Values!.Data, batches[1].Batch.Targets!.Values!.Data);
        Assert.Equal(inputs[1..], targets[..^1]);
        var scale = Math.Sqrt(task.Metric.Scale);
        Assert.Equal(Series[1988 - 1700] - Series[1955 - 1700], (targets[^1] - inputs[0]) * scale, 9);

        var naive = Enumerable.Range(0, 33).Average(t => (targets[t] - inputs[t]) * (targets[t] - inputs[t])) * task.Metric.Scale;
        Assert.Equal(naive, task.Baseline.Score, 9);
    }

    [Fact]
    public void TrainingBatch_NeverLooksPast1920()
    {
        var task = Task(steps: 219, batchSize: 4);
        var last = task.Batches(DataPart.Training).Single().Batch.Targets!.Values!.Data[^1];
        var seen = new HashSet<double>();
        for (var step = 0; step < 20; step++)
        {
            var batch = task.TrainingBatch(step).Batch;
            seen.UnionWith(Enumerable.Range(0, 4).Select(b => batch.Targets!.Values!.Step(218)[b]));
            Assert.Equal(batch.Inputs.Values!.Step(1).ToArray(), batch.Targets!.Values!.Step(0).ToArray());
        }

        // 221 years have room for two windows of 219 years and their target.
        Assert.Equal(2, seen.Count);
        Assert.Contains(last, seen);
    }

    [Theory]
    [InlineData("t,x\n1,2\n2;3", "x.csv, line 3: '2;3' must be a time, a comma and a number.")]
    [InlineData("t,x\n1,NaN", "x.csv, line 2: '1,NaN' must be a time, a comma and a number.")]
    public void Parse_NamesTheLine(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => SunspotSeries.Parse(text, "x.csv")).Message);
    }

    [Theory]
    [InlineData(3, "x.csv: 2 of 3 values are for training, but sequenceLength 10 needs 11.")]
    [InlineData(289, "x.csv: all training values are 7; there is nothing to learn.")]
    public void Constructor_RefusesASeriesWithNothingToLearn(int length, string message)
    {
        var values = Enumerable.Repeat(7.0, length).ToArray();
        Assert.Equal(message, Assert.Throws<InputException>(() => new SunspotTask<double>(values, "x.csv", 10, 1, 1)).Message);
    }

    private static SunspotTask<double> Task(int steps, int batchSize) => new(Series, "the shipped data", steps, batchSize, seed: 1);
}

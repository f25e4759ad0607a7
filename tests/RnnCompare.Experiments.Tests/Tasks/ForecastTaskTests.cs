using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tests.Tasks;

public class ForecastTaskTests
{
    private static double[] Series => SeriesFile.Parse(ShippedData.Read("sunspots-yearly.csv"), "the shipped data", "", "", horizon: 1).Target;

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

    [Fact]
    public void Batches_LookAsFarAheadAsTheHorizonAndSeeAllInputs()
    {
        const int Horizon = 3, Length = 40;
        double[] target = [.. Enumerable.Range(0, Length).Select(i => 100.0 + i)], other = [.. Enumerable.Range(0, Length).Select(i => (double)(i * i))];
        var task = new ForecastTask<double>(new([other, target], target, Horizon), "x.csv", steps: 5, batchSize: 2, seed: 1);
        Assert.Equal(2, task.Shape.InputSize);
        Assert.Equal("naive forecast (as 3 steps before)", task.Baseline.Name);
        Assert.Equal(9, task.Baseline.Score, 1e-12);

        // 30 of 40 are for training, 5 for validation, 5 for the test.
        var scale = Math.Sqrt(task.Metric.Scale);
        foreach (var (part, first, count) in new[] { (DataPart.Training, 3, 27), (DataPart.Validation, 30, 5), (DataPart.Test, 35, 5) })
        {
            var batches = task.Batches(part).ToArray();
            var counted = batches.Single(batch => batch.Counts).Batch;
            Assert.Equal(count, counted.Steps);
            Assert.Equal(first - Horizon, batches.Where(batch => !batch.Counts).Sum(batch => batch.Batch.Steps));
            for (var t = 0; t < count; t++)
            {
                Assert.Equal(Horizon, (counted.Targets!.Values!.Data[t] - counted.Inputs.Values![t, 1]) * scale, 1e-9);
            }

            Assert.Equal(target[first + count - 1] - target[first], (counted.Targets!.Values!.Data[^1] - counted.Targets.Values.Data[0]) * scale, 1e-9);
        }

        for (var step = 0; step < 50; step++)
        {
            var batch = task.TrainingBatch(step).Batch;
            Assert.True(batch.Targets!.Values!.Data.Max() <= task.Batches(DataPart.Training).Last().Batch.Targets!.Values!.Data[^1]);
        }
    }

    [Theory]
    [InlineData(3, "x.csv: 2 of 3 values are for training, but sequenceLength 10 needs 11.")]
    [InlineData(289, "x.csv: all training values are 7; there is nothing to learn.")]
    public void Constructor_RefusesASeriesWithNothingToLearn(int length, string message)
    {
        var values = Enumerable.Repeat(7.0, length).ToArray();
        Assert.Equal(message, Assert.Throws<InputException>(() => new ForecastTask<double>(new([values], values, 1), "x.csv", 10, 1, 1)).Message);
    }

    private static ForecastTask<double> Task(int steps, int batchSize) => new(new([Series], Series, 1), "the shipped data", steps, batchSize, seed: 1);
}

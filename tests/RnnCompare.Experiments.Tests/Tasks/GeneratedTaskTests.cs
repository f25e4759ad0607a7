using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Tests.Tasks;

public class GeneratedTaskTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Adding_TargetsAreTheSumsOfMarkedNumbers(int steps)
    {
        var task = new AddingTask<double>(steps, batchSize: 5, seed: 1);
        for (var step = 0; step < 20; step++)
        {
            var batch = task.TrainingBatch(step).Batch;
            Assert.Equal([steps, 5, 2], batch.Inputs.Values!.Shape.ToArray());
            for (var b = 0; b < 5; b++)
            {
                var marked = Enumerable.Range(0, steps).Where(t => batch.Inputs.Values[(t * 5) + b, 1] == 1).ToArray();
                Assert.Equal(2, marked.Length);
                Assert.True(marked[0] < steps / 2 && marked[1] >= steps / 2);
                Assert.Equal(marked.Sum(t => batch.Inputs.Values[(t * 5) + b, 0]), batch.Targets!.Values![b, 0], 15);
            }
        }
    }

    [Fact]
    public void Adding_MeanForecastErrsByTheBaseline()
    {
        var task = new AddingTask<double>(10, batchSize: 1, seed: 1);
        var sums = task.Batches(DataPart.Test).SelectMany(batch => batch.Batch.Targets!.Values!.Data).ToArray();

        // 1,000 draws of (y − 1)², whose standard deviation is 0.19: four of its standard errors are 0.025.
        Assert.Equal(1000, sums.Length);
        Assert.InRange(sums.Average(y => (y - 1) * (y - 1)), task.Baseline.Score - 0.025, task.Baseline.Score + 0.025);
    }

    [Fact]
    public void Copy_RepeatsTenSymbolsAfterTheDelay()
    {
        var task = new CopyTask<double>(delay: 3, batchSize: 2, seed: 1);
        var batch = task.TrainingBatch(0).Batch;
        var (inputs, targets) = (batch.Inputs.Tokens!, batch.Targets!.Classes!);
        Assert.Equal([23, 2], inputs.Shape.ToArray());
        for (var b = 0; b < 2; b++)
        {
            var x = Enumerable.Range(0, 23).Select(t => inputs[t, b]).ToArray();
            var y = Enumerable.Range(0, 23).Select(t => targets[t, b]).ToArray();
            Assert.All(x[..10], symbol => Assert.InRange(symbol, 0, 7));
            Assert.Equal([8, 8, 9, .. Enumerable.Repeat(8L, 10)], x[10..]);
            Assert.Equal([.. Enumerable.Repeat(8L, 13), .. x[..10]], y);
        }

        Assert.Equal(10 * Math.Log(8) / 23, task.Baseline.Score, 15);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void TemporalOrder_AnswersSayWhichCameFirst(int steps)
    {
        var task = new TemporalOrderTask<double>(steps, batchSize: 7, seed: 2);
        var answers = new HashSet<long>();
        for (var step = 0; step < 20; step++)
        {
            var batch = task.TrainingBatch(step).Batch;
            for (var b = 0; b < 7; b++)
            {
                var marks = Enumerable.Range(0, steps).Where(t => batch.Inputs.Tokens![t, b] >= 4).ToArray();
                Assert.Equal(2, marks.Length);
                Assert.InRange(marks[0], steps / 10, steps * 2 / 10);
                Assert.InRange(marks[1], steps * 4 / 10, steps * 5 / 10);
                var answer = (2 * (batch.Inputs.Tokens![marks[0], b] - 4)) + batch.Inputs.Tokens[marks[1], b] - 4;
                Assert.Equal(answer, batch.Targets!.Classes!.Data[b]);
                answers.Add(answer);
            }
        }

        Assert.Equal([0, 1, 2, 3], answers.Order());
    }

    [Theory]
    [InlineData("adding", 1, "sequenceLength is 1, but the task adding needs at least 2: a mark in each half.")]
    [InlineData("order", 4, "sequenceLength is 4, but the task order needs at least 5: two marks in different tenths.")]
    public void Create_RefusesSequencesWithoutRoom(string task, int steps, string message)
    {
        var error = Assert.Throws<InputException>(() => TaskTable.Create<float>(new() { Task = task, SequenceLength = steps }));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("adding")]
    [InlineData("copy")]
    [InlineData("order")]
    public void Batches_DependOnSeedStepAndPartAlone(string name)
    {
        var config = new ExperimentConfig { Task = name, SequenceLength = 12, BatchSize = 3, Seed = 4 };
        var (task, same, other) = (TaskTable.Create<double>(config), TaskTable.Create<double>(config), TaskTable.Create<double>(config with { Seed = 5 }));
        same.TrainingBatch(9);
        Assert.Equal(Values(task.TrainingBatch(2)), Values(same.TrainingBatch(2)));
        Assert.NotEqual(Values(task.TrainingBatch(2)), Values(task.TrainingBatch(3)));
        Assert.NotEqual(Values(task.TrainingBatch(2)), Values(other.TrainingBatch(2)));
        Assert.Equal(Values(task.Batches(DataPart.Test).First()), Values(same.Batches(DataPart.Test).First()));
        Assert.NotEqual(Values(task.Batches(DataPart.Test).First()), Values(task.Batches(DataPart.Validation).First()));
        Assert.Empty(task.Batches(DataPart.Training));

        static double[] Values(TaskBatch<double> batch)
        {
            return batch.Batch.Inputs.Values?.Data ?? [.. batch.Batch.Inputs.Tokens!.Data.Select(token => (double)token)];
        }
    }

    [Fact]
    public void Create_RefusesAFileForADrawnTask()
    {
        var error = Assert.Throws<InputException>(() => TaskTable.Create<float>(new() { Task = "copy", Data = "x.txt" }));
        Assert.Equal("data is x.txt, but the task copy draws its sequences and reads no file.", error.Message);
    }
}

using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Tests.Tasks;

public class EchoTaskTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 4)]
    public void Windows_AnswerWithTheSymbolOfTwoStepsBefore(int steps, int batchSize)
    {
        var task = new EchoTask<float>(steps, batchSize, seed: 5);
        Check([.. Enumerable.Range(0, 6).Select(task.TrainingBatch)], alwaysCounts: true);
        Check([.. task.Batches(DataPart.Validation)], alwaysCounts: false);
        Check([.. task.Batches(DataPart.Test)], alwaysCounts: false);
        Assert.Empty(task.Batches(DataPart.Training));

        void Check(TaskBatch<float>[] windows, bool alwaysCounts)
        {
            for (var i = 0; i < windows.Length; i++)
            {
                Assert.Equal((i > 0, alwaysCounts || i > 0), (windows[i].Continues, windows[i].Counts));
            }

            // All windows of a sequence one after the other: the answers are the inputs, two steps late.
            for (var b = 0; b < batchSize; b++)
            {
                var inputs = windows.SelectMany(window => Enumerable.Range(0, steps).Select(t => window.Batch.Inputs.Tokens![t, b])).ToArray();
                var answers = windows.SelectMany(window => Enumerable.Range(0, steps).Select(t => window.Batch.Targets!.Classes![t, b])).ToArray();
                Assert.Equal([0, 0, .. inputs[..^2]], answers);
                Assert.True(inputs.Distinct().Count() > 1);
            }
        }
    }

    [Fact]
    public void Parts_AreDifferentSequences()
    {
        var task = new EchoTask<float>(6, 3, seed: 1);
        Assert.NotEqual(task.Batches(DataPart.Validation).First().Batch.Inputs.Tokens!.Data, task.Batches(DataPart.Test).First().Batch.Inputs.Tokens!.Data);
        Assert.Equal((4 + (2.0 / 4)) / 6, task.Baseline.Score, 12);
    }

    [Fact]
    public void Constructor_RefusesAWindowWithoutAnAnswerOfItsOwn()
    {
        var error = Assert.Throws<InputException>(() => new EchoTask<float>(2, 1, seed: 1));
        Assert.Equal("sequenceLength is 2, but the task echo needs at least 3: an answer that stands in the window itself.", error.Message);
    }
}

using RnnCompare.Cells;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tests.Training;

/// <summary>What no machine, or not this one, can hold is refused before anything is allocated.</summary>
public class MemoryNeedTests
{
    private const double Gigabyte = 1 << 30;

    private static readonly TaskShape Shape = new(4, 3, OutputMode.EveryStep, LossKind.CrossEntropy);

    [Theory]
    [InlineData("adding", 128, 100_000, 65536, "sequenceLength 100000, batchSize 65536 and hiddenSize 128 make an array of 3,355,443,200,000 numbers, but an array holds at most 2,147,483,591.")]
    [InlineData("adding", 65536, 10, 1, "hiddenSize 65536 makes a weight of 17,179,869,184 numbers, but an array holds at most 2,147,483,591.")]
    [InlineData("copy", 65536, 10, 1, "hiddenSize 65536 makes a weight of 17,179,869,184 numbers, but an array holds at most 2,147,483,591.")]
    public void Prepare_RefusesSizesThatOverflow(string task, int hiddenSize, int steps, int batchSize, string message)
    {
        var config = new ExperimentConfig { Task = task, Cells = "lstm", HiddenSize = hiddenSize, SequenceLength = steps, BatchSize = batchSize };
        Assert.Equal(message, Assert.Throws<InputException>(() => Experiment.Prepare(config)).Message);
    }

    [Fact]
    public void Require_NamesWhatIsNeededAndWhatIsThere()
    {
        var config = new ExperimentConfig { Engines = "manual", HiddenSize = 100, BatchSize = 64, SequenceLength = 1000 };
        Require(config, 1000, 8 * Gigabyte);
        var batch = Assert.Throws<InputException>(() => Require(config with { BatchSize = 6400 }, 1000, 8 * Gigabyte)).Message;
        Assert.Equal("the run needs 12.2 GB, this machine has 8 GB: lower batchSize or sequenceLength.", batch);
        var weights = Assert.Throws<InputException>(() => Require(config with { HiddenSize = 40_000, BatchSize = 1 }, 10, 8 * Gigabyte)).Message;
        Assert.EndsWith("this machine has 8 GB: lower hiddenSize or layers.", weights, StringComparison.Ordinal);

        // Of a truncated pass only its window is held.
        Require(config with { BatchSize = 6400, TruncationSteps = 10 }, 1000, 8 * Gigabyte);
    }

    private static void Require(ExperimentConfig config, int steps, double memory) => MemoryNeed.Require(config, [CellTable.Named("tanh")], steps, Shape, memory);
}

using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tests.Flow;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Training;

/// <summary>A cell of one's own: its file is enough for the manual engine, and what is still missing is said in one line.</summary>
public class OwnCellTests
{
    private static readonly ExperimentConfig Config = new() { Task = "adding", SequenceLength = 6, BatchSize = 3, HiddenSize = 4, Optimizer = "sgd", LearningRate = 0.01, Clipping = "none" };

    [Fact]
    public void OwnCell_TrainsWithTheManualEngine()
    {
        var task = TaskTable.Create<double>(Config);
        using var group = EngineGroup<double>.Create(Config with { Engines = "manual" }, task, new LinearCell());
        Assert.Null(group.Train(task.TrainingBatch(0), step: 0, measures: false));
        Assert.NotEqual(group.InitialWeights.Whh.Data, group.Contenders[0].Engine.ReadWeights().Whh.Data);
    }

    [Theory]
    [InlineData("autograd")]
    [InlineData("fused")]
    public void OwnCell_WithoutTorchEquations_EndsAsOneLine(string engine)
    {
        var error = Assert.Throws<InputException>(() => EngineGroup<double>.Create(Config with { Engines = engine }, TaskTable.Create<double>(Config), new LinearCell()));
        Assert.StartsWith("engines: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("linear", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}

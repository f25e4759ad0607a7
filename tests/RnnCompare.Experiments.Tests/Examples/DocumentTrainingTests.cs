using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tests.Training;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tests.Examples;

/// <summary>The documents' networks, trained as their configs say.</summary>
public sealed class DocumentTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Sentiment_IsLearntByEpoch1000()
    {
        // Looked at every 100 epochs, until every answer is right.
        using var learnt = new CancellationTokenSource();
        var observer = new ObserverStub(progress =>
        {
            if (progress.Contenders[0].Point.Scores.Values.All(score => score.Score == 1))
            {
                learnt.Cancel();
            }
        });
        using var experiment = Experiment.Prepare(Shipped("sentiment"));
        experiment.Run(observer, learnt.Token);
        Assert.True(learnt.IsCancellationRequested);
        var points = observer.Evaluations.Select(progress => progress.Contenders[0].Point).Where(point => point.Step % 5800 == 0).ToArray();
        Assert.Equal(points.Length * 5800, points[^1].Step);
        Assert.All([DataPart.Training, DataPart.Test], part => Assert.InRange(points[0].Scores[part].Score, 0.4, 0.6));
    }

    [Fact]
    public void Sentiment_ReadsPhrasesOfAnotherFile()
    {
        var path = _folder.Write("phrases.json", """{ "train": { "fine": true, "not fine": false }, "test": { "fine": true } }""");
        var result = Run(Shipped("sentiment") with { Data = path, Steps = 4, EvaluateEvery = 2 });
        Assert.Equal([2, 4], result.Groups[0].Contenders[0].Curve.Where(point => point.Scores.Count > 0).Select(point => point.Step));
    }

    [Fact]
    public void Echo_NeedsTheCarriedState()
    {
        var config = Shipped("echo") with { Engines = "manual" };
        var result = Run(config);
        Assert.True(result.Groups[0].Contenders[0].Scores[DataPart.Test].Score > 0.999);
        Assert.Equal(0.7, result.Baseline.Score, 12);

        // The same training with the state thrown away at every window gets no farther than the baseline.
        var task = TaskTable.Create<double>(config);
        using var engine = Engine(config, task);
        for (var step = 0; step < config.Steps; step++)
        {
            engine.Train(task.TrainingBatch(step).Batch);
        }

        var restarted = new RestartedTask(task);
        Assert.InRange(Evaluation.Of(restarted, engine, DataPart.Test, trained: null)!.Value.Score, 0.65, 0.75);
    }

    [Fact]
    public void CharacterModel_GradientNormsNeverExceedTheBoundOfTheSingularValues()
    {
        var flow = Run(Shipped("names") with { Engines = "manual", Steps = 300 }).Groups[0].Flow!;
        Assert.Equal(25, flow.Back[0].Norms.Count);
        Assert.True(flow.Bound!.SpectralNorm > 0);
        for (var k = 0; k < 25; k++)
        {
            Assert.InRange(flow.Back[0].Norms[k], 0, flow.Bound.At(k, flow.Back[0].Norms[0]) * (1 + 1e-12));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static ExperimentConfig Shipped(string name) => ConfigFile.Read(Path.Combine(AppContext.BaseDirectory, "configs", name + ".json"));

    private static RunResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), TestContext.Current.CancellationToken);
    }

    private static ManualEngine<double> Engine(ExperimentConfig config, ITask<double> task)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(config.Cells), InputSize = task.Shape.InputSize, HiddenSize = config.HiddenSize, OutputSize = task.Shape.OutputSize };
        return new(InitialWeights.Create<double>(config, spec), ConfiguredTraining.Options(config));
    }
}

using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Training;

public class ExperimentTests
{
    private static readonly ExperimentConfig Small = new() { HiddenSize = 7, SequenceLength = 5, Steps = 12, WarmUp = 2, EvaluateEvery = 4, LogEvery = 3 };

    [Theory]
    [InlineData("names", "tanh", "float32")]
    [InlineData("names", "gru", "float64")]
    [InlineData("sentiment", "lstm", "float32")]
    [InlineData("sunspots", "relu", "float64")]
    [InlineData("adding", "tanh,lstm", "float64")]
    [InlineData("copy", "gru", "float32")]
    [InlineData("order", "tanh", "float64")]
    public void Run_EnginesAgreeBeforeOnTheWayAndAfter(string task, string cells, string precision)
    {
        var config = Small with { Task = task, Cells = cells, Precision = precision, Reduction = "mean", Optimizer = "sgd", LearningRate = 0.05, BatchSize = 2 };
        var result = Run(config);

        Assert.True(result.IsSound);
        Assert.Equal(new RunEnd(RunEndKind.Completed, 12), result.End);
        Assert.Equal(cells.Split(',').Length, result.Groups.Count);
        Assert.All(result.Groups, group =>
        {
            Assert.Equal(["manual", "autograd", "fused"], group.Contenders.Select(contender => contender.Engine));
            Assert.Equal(precision == "float32" ? 4 : 2, group.Gradients.Count);
            Assert.All(group.Gradients, agreement => Assert.Contains(agreement.Comparison.Tensors, tensor => tensor.Name == "dWhh"));
            Assert.Equal(2, group.Weights.Count);
            Assert.Equal([1, 2, 5, 10, 12], group.Separations.Select(point => point.Step));
            Assert.Equal(["manual", "autograd"], group.Flow!.Back.Select(curve => curve.Engine));
            Assert.All(group.Contenders, contender =>
            {
                Assert.Equal([3, 4, 6, 8, 9, 12], contender.Curve.Select(point => point.Step));
                Assert.Equal([4, 8, 12], contender.Curve.Where(point => point.Scores.Count > 0).Select(point => point.Step));
                Assert.True(contender.StepsPerSecond.Lower <= contender.StepsPerSecond.Median && contender.StepsPerSecond.Median <= contender.StepsPerSecond.Upper);
                Assert.True(double.IsFinite(contender.Scores[DataPart.Test].Score));
            });
        });
        Assert.Equal(task == "names", result.Groups[0].Samples.Count > 0);
    }

    [Fact]
    public void Run_FollowsItsGradientsClippedAndNot()
    {
        var config = Small with { Clipping = "norm", ClippingLimit = 0.01, Optimizer = "sgd", LearningRate = 0.1, FlowEvery = 5, Engines = "manual,fused" };
        var (result, undisturbed) = (Run(config), Run(config with { FlowEvery = 0 }));
        var along = result.Groups[0].FlowAlong;
        Assert.Equal(["clipping by norm 0.01", "no clipping"], along.Select(snapshot => snapshot.Case).Distinct());
        Assert.Equal([0, 5, 10, 0, 5, 10], along.Select(snapshot => snapshot.Step));
        Assert.Equal(along[0].Norms, along[3].Norms);
        Assert.NotEqual(along[1].Loss, along[4].Loss);
        Assert.Equal(0.01, along[1].ClippedNorm, 1e-6);
        Assert.Equal(along[4].GradientNorm, along[4].ClippedNorm);

        // Whoever looks changes nothing.
        Assert.Equal(undisturbed.Groups[0].Contenders[0].Curve.Select(point => point.Loss), result.Groups[0].Contenders[0].Curve.Select(point => point.Loss));
        Assert.Empty(undisturbed.Groups[0].FlowAlong);
    }

    [Theory]
    [InlineData("sgd", "step")]
    [InlineData("adagrad", "constant")]
    [InlineData("rmsprop", "exponential")]
    [InlineData("adam", "cosine")]
    [InlineData("adamw", "step")]
    public void Run_EnginesAgreeUnderEveryOptimizerAndSchedule(string optimizer, string schedule)
    {
        var config = Small with
        {
            Precision = "float64",
            Optimizer = optimizer,
            LearningRate = 0.01,
            Schedule = schedule,
            ScheduleFactor = 0.9,
            ScheduleSteps = 5,
            ScheduleMinimum = 1e-3,
            WeightDecay = 0.01,
            Constants = new()
            {
                ["momentum"] = 0.5,
                ["learningRateDecay"] = 0.1,
                ["initialAccumulator"] = 0.1,
                ["centered"] = true,
                ["amsGrad"] = true,
                ["epsilon"] = 1e-4,
            },
        };
        Assert.True(Run(config).IsSound);
    }

    [Fact]
    public void Run_RepeatsBitForBit()
    {
        var config = Small with { Engines = "manual,fused", Cells = "lstm" };
        var (first, second, other) = (Run(config), Run(config), Run(config with { Seed = 2 }));
        foreach (var (a, b, c) in first.Groups[0].Contenders.Zip(second.Groups[0].Contenders, other.Groups[0].Contenders))
        {
            Assert.Equal(a.Curve.Select(point => point.Loss), b.Curve.Select(point => point.Loss));
            Assert.Equal(a.Scores, b.Scores);
            Assert.NotEqual(a.Curve[^1].Loss, c.Curve[^1].Loss);
        }

        Assert.Equal(first.Groups[0].Samples, second.Groups[0].Samples);
        Assert.Equal(first.Groups[0].Separations.Select(point => point.Perturbed), second.Groups[0].Separations.Select(point => point.Perturbed));
    }

    [Fact]
    public void Run_EndsAfterTheStepInWhichItIsCancelled()
    {
        using var source = new CancellationTokenSource();
        var observer = new ObserverStub(progress =>
        {
            if (progress.Step == 4)
            {
                source.Cancel();
            }
        });
        using var experiment = Experiment.Prepare(Small with { Engines = "manual,autograd" });
        var result = experiment.Run(observer, source.Token);

        Assert.Equal(new RunEnd(RunEndKind.Cancelled, 5), result.End);
        Assert.True(result.IsSound);
        Assert.Equal(5, result.Groups[0].Contenders[1].Curve[^1].Step);
        Assert.NotEmpty(result.Groups[0].Contenders[0].Scores);
        Assert.NotEmpty(result.Groups[0].Samples);
    }

    [Fact]
    public void Run_StopsWhereALossIsNoNumberAndKeepsWhatItHas()
    {
        var observer = new ObserverStub();
        using var experiment = Experiment.Prepare(Small with { Task = "sunspots", Cells = "relu", Optimizer = "sgd", LearningRate = 1e6, Clipping = "none", EvaluateEvery = 1 });
        var result = experiment.Run(observer, CancellationToken.None);

        Assert.Equal(RunEndKind.Diverged, result.End.Kind);
        Assert.InRange(result.End.Steps, 2, 11);
        Assert.Equal(result.End.Steps - 1, observer.Evaluations.Count);
        Assert.False(result.IsSound);
        Assert.Contains($"the loss of {result.End.Engine} is not a finite number after step {result.End.Steps}", result.End.Sentence, StringComparison.Ordinal);
        var diverged = result.Groups[0].Contenders.Single(contender => contender.Name == result.End.Engine);
        Assert.False(double.IsFinite(diverged.Curve[^1].Loss));
        Assert.True(double.IsFinite(diverged.Curve[^2].Loss));
        Assert.NotEmpty(result.Groups[0].Gradients);
    }

    [Fact]
    public void Run_SmoothedLossStartsAtChance()
    {
        var result = Run(Small with { Engines = "manual", Steps = 1, LogEvery = 1 });
        var point = Assert.Single(result.Groups[0].Contenders[0].Curve);
        var vocabulary = ShippedData.Read("place-names.txt").EnumerateRunes().Distinct().Count();
        Assert.Equal((0.999 * 5 * Math.Log(vocabulary)) + (0.001 * point.Loss), point.SmoothedLoss, 12);

        // At weights of about 0.01 the first loss is chance, but for the square of what little they say.
        Assert.Equal(5 * Math.Log(vocabulary), point.Loss, 0.01);
        Assert.Empty(result.Groups[0].Gradients);
        Assert.Empty(result.Groups[0].Separations);
    }

    [Fact]
    public void Run_FollowsTheSchedule()
    {
        // A rate that falls to nothing after the first step leaves the weights, and so the loss of the same batch, as they are.
        var config = Small with { Task = "copy", Engines = "manual,fused", Schedule = "exponential", ScheduleFactor = 0, Optimizer = "sgd", EvaluateEvery = 1, Steps = 3 };
        var curve = Run(config).Groups[0].Contenders;
        Assert.All(curve, contender =>
        {
            var scores = contender.Curve.Select(point => point.Scores[DataPart.Validation]).ToArray();
            Assert.Equal(scores[0], scores[1]);
            Assert.Equal(scores[0], scores[2]);
        });
    }

    [Theory]
    [InlineData("gru-reset-before", "engines: TorchSharp has no fused layer of the gru-reset-before cell")]
    public void Prepare_RefusesAnEngineWithoutTheCell(string cell, string message)
    {
        Assert.StartsWith(message, Assert.Throws<InputException>(() => Experiment.Prepare(Small with { Cells = cell })).Message, StringComparison.Ordinal);
        using var without = Experiment.Prepare(Small with { Cells = cell, Engines = "manual,autograd" });
    }

    [Fact]
    public void Prepare_RefusesConstantsThatDoNotFit()
    {
        var error = Assert.Throws<InputException>(() => Experiment.Prepare(Small with { Optimizer = "sgd", Constants = new() { ["nesterov"] = true } }));
        Assert.StartsWith("optimizer sgd: Nesterov needs a momentum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_RefusesToForecastWhatTheNetworkHasSeen()
    {
        var error = Assert.Throws<InputException>(() => Experiment.Prepare(Small with { Bidirectional = true }));
        Assert.StartsWith("bidirectional is true, but the task names forecasts the next step", error.Message, StringComparison.Ordinal);
    }

    private static RunResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), CancellationToken.None);
    }
}

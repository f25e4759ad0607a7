using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Training;

public class TruncationTests
{
    private static readonly ExperimentConfig Small = new() { Precision = "float64", HiddenSize = 7, SequenceLength = 5, BatchSize = 3, Steps = 6, WarmUp = 0, EvaluateEvery = 3, LogEvery = 1 };

    // Nothing moves, so that only what is reported of a batch can differ.
    private static readonly ExperimentConfig Still = Small with { Optimizer = "sgd", LearningRate = 1e-30 };

    [Theory]
    [InlineData("names", "lstm", "sum", 5, 0)]
    [InlineData("names", "tanh", "mean", 1_000_000, 0)]
    [InlineData("echo", "gru", "mean", 5, 9)]
    [InlineData("sentiment", "tanh", "mean", 40, 41)]
    public void Run_ThatCutsNothing_IsThePlainRunBitForBit(string task, string cell, string reduction, int between, int back)
    {
        var plain = Small with { Task = task, Cells = cell, Reduction = reduction };
        var (expected, actual) = (Run(plain), Run(plain with { TruncationSteps = between, TruncationWindow = back }));
        Assert.All(expected.Contenders.Zip(actual.Contenders), pair =>
        {
            Assert.Equal(pair.First.Curve.Select(point => point.Loss), pair.Second.Curve.Select(point => point.Loss));
            Assert.Equal(pair.First.Scores, pair.Second.Scores);
        });
        Assert.Equal(expected.Samples, actual.Samples);
        Assert.Equal(expected.Separations.Select(point => point.Perturbed), actual.Separations.Select(point => point.Perturbed));
    }

    [Theory]
    [InlineData("names", "tanh,gru-reset-before", "float64", "sum", 2, 3)]
    [InlineData("names", "lstm,gru", "float32", "mean", 2, 4)]
    [InlineData("sunspots", "lstm,relu", "float64", "mean", 1, 3)]
    [InlineData("adding", "gru,tanh", "float64", "mean", 2, 4)]
    [InlineData("sentiment", "tanh", "float32", "sum", 3, 0)]
    public void Run_Truncated_ManualAndAutogradAgree(string task, string cells, string precision, string reduction, int between, int back)
    {
        var plain = Small with { Task = task, Cells = cells, Precision = precision, Reduction = reduction, Engines = "manual,autograd", Layers = 2, SequenceLength = 7 };
        using var experiment = Experiment.Prepare(plain with { TruncationSteps = between, TruncationWindow = back });
        var result = experiment.Run(new ObserverStub(), CancellationToken.None);
        Assert.True(result.IsSound);
        Assert.All(result.Groups, group =>
        {
            Assert.NotEmpty(group.Gradients);
            Assert.NotEmpty(group.Weights);
        });
        Assert.NotEqual(Run(plain).Contenders[0].SmoothedLoss, result.Groups[0].Contenders[0].SmoothedLoss);
    }

    [Theory]
    [InlineData("names", "sum", 2, 0)]
    [InlineData("names", "mean", 2, 3)]
    [InlineData("sunspots", "mean", 3, 0)]
    [InlineData("sentiment", "mean", 1, 2)]
    [InlineData("echo", "mean", 4, 5)]
    public void Run_Truncated_ReportsTheLossAndCarriesTheStateOfWholeBatches(string task, string reduction, int between, int back)
    {
        // From the second batch on, losses of names and echo depend on the state in which the one before ended.
        var plain = Still with { Task = task, Cells = "lstm", Reduction = reduction };
        var (expected, actual) = (Run(plain), Run(plain with { TruncationSteps = between, TruncationWindow = back }));
        Assert.All(expected.Contenders.Zip(actual.Contenders), pair =>
            Assert.All(pair.First.Curve.Zip(pair.Second.Curve), points => Assert.Equal(points.First.Loss, points.Second.Loss, 1e-13 * points.First.Loss)));
    }

    [Fact]
    public void Run_Truncated_ComparesTruncatedGradients()
    {
        // The only loss stands at the last step: three steps back from there nothing arrives at the first.
        var config = Small with { Task = "adding", Steps = 1 };
        var (whole, cut) = (Floor(config), Floor(config with { TruncationSteps = 1, TruncationWindow = 3 }));
        Assert.True(whole > 0);
        Assert.Equal(0, cut);

        static double Floor(ExperimentConfig config) => Run(config).Gradients[0].Comparison.Tensors.Single(tensor => tensor.Name == "dh0").NoiseFloor;
    }

    [Theory]
    [InlineData(3, 2, false, "truncationWindow is 2, but must be at least truncationSteps, which is 3, or 0.")]
    [InlineData(0, 2, false, "truncationWindow is 2, but truncationSteps is 0, so that nothing is truncated.")]
    [InlineData(3, 4, true, "truncationSteps is 3, but bidirectional is true: a network that also reads from the end cannot be cut in time.")]
    public void Prepare_RefusesATruncationThatDoesNotFit(int between, int back, bool bidirectional, string message)
    {
        var config = Small with { Task = "adding", TruncationSteps = between, TruncationWindow = back, Bidirectional = bidirectional };
        Assert.Equal(message, Assert.Throws<InputException>(() => Experiment.Prepare(config)).Message);
    }

    private static GroupResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), CancellationToken.None).Groups[0];
    }
}

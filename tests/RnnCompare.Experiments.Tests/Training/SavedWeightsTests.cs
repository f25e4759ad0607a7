using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Training;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Tests.Training;

public sealed class SavedWeightsTests : IDisposable
{
    // 24 characters are left for training: windows of 5 at 0, 5, 10, 15, and then the first once more.
    private const int WindowsOfAPass = 4;
    private const string Text = "abracadabra, simsalabim! ok";

    private static readonly ExperimentConfig Small = new() { HiddenSize = 7, SequenceLength = 5, Steps = 3, WarmUp = 0, Engines = "manual,autograd" };

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("tanh", "float32", "safetensors")]
    [InlineData("lstm", "float64", "npz")]
    [InlineData("gru", "float32", "npz")]
    [InlineData("gru-reset-before", "float64", "safetensors")]
    public void Run_GoesOnFromSavedWeightsBitForBit(string cell, string precision, string format)
    {
        // Plain SGD has no memory, and every pass begins from a state of zeros: two runs of a pass are one of two passes.
        var pass = Small with
        {
            Task = "text",
            Data = _folder.Write("text.txt", Text),
            Cells = cell,
            Layers = 2,
            Initializer = "torch",
            Optimizer = "sgd",
            Precision = precision,
            Steps = WindowsOfAPass,
            LogEvery = 1,
            WeightsFormat = format,
        };
        var whole = Run(pass with { Steps = 2 * WindowsOfAPass });
        var folder = Save(Run(pass));
        foreach (var (engine, index) in new[] { ("manual", 0), ("autograd", 1) })
        {
            var rest = Run(pass with { Engines = engine, Weights = Path.Combine(folder, $"weights-{engine}.{format}") }).Groups[0].Contenders[0];
            var expected = whole.Groups[0].Contenders[index];
            Assert.Equal(expected.Curve.Skip(WindowsOfAPass).Select(point => point.Loss), rest.Curve.Select(point => point.Loss));
            Assert.NotEqual(expected.Curve[0].Loss, rest.Curve[0].Loss);
            RequireSame(expected.Weights!, rest.Weights!);
        }
    }

    [Theory]
    [InlineData("tanh", "float64")]
    [InlineData("lstm", "float32")]
    [InlineData("gru", "float64")]
    [InlineData("gru-reset-before", "float32")]
    public void Run_StartsInBothDirectionsFromWhatWasSaved(string cell, string precision)
    {
        var config = Small with { Task = "adding", Cells = cell, Layers = 2, Bidirectional = true, Precision = precision, BatchSize = 2 };
        var trained = Run(config);
        var file = Path.Combine(Save(trained), "weights-autograd.safetensors");

        // At such a rate no weight moves, for none is 0 any more.
        var still = Run(config with { Weights = file, Optimizer = "sgd", LearningRate = 1e-30 });
        Assert.All(still.Groups[0].Contenders, contender => RequireSame(trained.Groups[0].Contenders[1].Weights!, contender.Weights!));
        Assert.Contains("weight_hh_l1_reverse", ArrayFile.Read(file).Names);
    }

    [Fact]
    public void Run_RepeatsFromItsOwnConfigWithWeights()
    {
        var first = Save(Run(Small with { Cells = "lstm" }), "first");
        var config = ConfigFile.Read(_folder.Write("first/from.json", """{ "weights": "weights-manual.safetensors", "cells": "lstm", "hiddenSize": 7, "sequenceLength": 5, "steps": 3, "engines": "manual" }"""));
        Assert.Equal(Path.Combine(first, "weights-manual.safetensors"), config.Weights);
        var second = Save(Run(config), "second");
        var third = Save(Run(ConfigFile.Read(Path.Combine(second, "config.json"))), "third");
        foreach (var file in new[] { "config.json", "weights-manual.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(second, file)), File.ReadAllBytes(Path.Combine(third, file)));
        }

        Assert.Equal(Untimed(second), Untimed(third));

        static string[] Untimed(string folder) => [.. File.ReadAllLines(Path.Combine(folder, "metrics.csv")).Select(line => line[..line.LastIndexOf(',')])];
    }

    [Fact]
    public void Save_NamesAFileForEachEngineAndCell()
    {
        var result = Run(Small with { Cells = "tanh,gru", Engines = "manual,fused" });
        var folder = Save(result);
        string[] expected = ["weights-fused-gru.safetensors", "weights-fused-tanh.safetensors", "weights-manual-gru.safetensors", "weights-manual-tanh.safetensors"];
        Assert.Equal(expected, Directory.GetFiles(folder, "weights*").Select(Path.GetFileName).Order());
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "fc.weight", "fc.bias"], ArrayFile.Read(Path.Combine(folder, expected[0])).Names);
    }

    [Fact]
    public void Save_LeavesOutWeightsThatDiverged()
    {
        var result = Run(Small with { Cells = "relu", Engines = "manual", Optimizer = "sgd", LearningRate = 1e9, Clipping = "none", Steps = 50 });
        Assert.Equal(RunEndKind.Diverged, result.End.Kind);
        Assert.Empty(Directory.GetFiles(Save(result), "weights*"));
    }

    [Theory]
    [InlineData("lstm", 9, 1, "weight_ih_l0 is (28, 1), expected (36, 1) for lstm with I=1 H=9 O=1.")]
    [InlineData("tanh", 7, 1, "weight_ih_l0 is (28, 1), expected (7, 1) for tanh with I=1 H=7 O=1.")]
    [InlineData("lstm", 7, 2, "weight_ih_l1 is missing, expected (28, 7) for lstm with I=1 H=7 O=1; found weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, fc.weight, fc.bias.")]
    public void Prepare_RefusesWeightsOfAnotherNetworkByArrayAndShape(string cell, int hiddenSize, int layers, string message)
    {
        var config = Small with { Task = "sunspots", Cells = "lstm", Engines = "manual" };
        var file = Path.Combine(Save(Run(config)), "weights-manual.safetensors");
        var error = Assert.Throws<InputException>(() => Experiment.Prepare(config with { Weights = file, Cells = cell, HiddenSize = hiddenSize, Layers = layers }));
        Assert.Equal($"{file}: {message}", error.Message);
    }

    [Fact]
    public void Prepare_RefusesFilesThatAreNoWeights()
    {
        foreach (var (path, message) in new[]
        {
            (Path.Combine(_folder.Path, "missing.npz"), "there is no such file."),
            (_folder.Write("text.npz", "no arrays"), "starts with"),
            (_folder.Write("empty.npz", ""), "is empty; expected .npz, .npy or .safetensors."),
            (_folder.Path, "is a folder without .npy files."),
        })
        {
            Assert.StartsWith($"{path}: {message}", Assert.Throws<InputException>(() => Experiment.Prepare(Small with { Weights = path })).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static RunResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), CancellationToken.None);
    }

    private static void RequireSame(NamedArrays expected, NamedArrays actual)
    {
        Assert.Equal(expected.Names, actual.Names);
        Assert.All(expected.Names, name => Assert.Equal(Data(expected, name), Data(actual, name)));

        static double[] Data(NamedArrays arrays, string name) => arrays.Get<double>(name).Data;
    }

    private string Save(RunResult result, string name = "run")
    {
        using var folder = RunFolder.Create(Path.Combine(_folder.Path, name), result.Config);
        folder.Write(result);
        return folder.Path;
    }
}

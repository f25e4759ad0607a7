using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Training;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Tests.Configs;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("{\n  \"hidensize\": 4\n}", ", line 2: there is no key 'hidensize'; the nearest is 'hiddenSize'.")]
    [InlineData("{\n\n  // H\n  \"hiddenSize\": \"4\"\n}", ", line 4: hiddenSize is \"4\", but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": 0 }", ", line 1: hiddenSize is 0, but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": 65537 }", ", line 1: hiddenSize is 65537, but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": 99999999999999999999 }", ", line 1: hiddenSize is 99999999999999999999, but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": 4.5 }", ", line 1: hiddenSize is 4.5, but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": null }", ", line 1: hiddenSize is null, but must be a whole number in 1..65536.")]
    [InlineData("{ \"hiddenSize\": [4] }", ", line 1: hiddenSize is a list, but must be a whole number in 1..65536.")]
    [InlineData("{ \"learningRate\": 0 }", ", line 1: learningRate is 0, but must be a number above 0 and at most 1e30.")]
    [InlineData("{ \"learningRate\": 1e999 }", ", line 1: learningRate is 1e999, but must be a number above 0 and at most 1e30.")]
    [InlineData("{ \"learningRate\": 1.1e30 }", ", line 1: learningRate is 1.1e30, but must be a number above 0 and at most 1e30.")]
    [InlineData("{ \"weightDecay\": -1 }", ", line 1: weightDecay is -1, but must be a number of at least 0 and at most 1e30.")]
    [InlineData("{ \"truncationSteps\": -1 }", ", line 1: truncationSteps is -1, but must be a whole number in 0..1000000.")]
    [InlineData("{\n \"truncationWindow\": 1000001 }", ", line 2: truncationWindow is 1000001, but must be a whole number in 0..1000000.")]
    [InlineData("{ \"beta1\": 1 }", ", line 1: beta1 is 1, but must be a number of at least 0 and below 1.")]
    [InlineData("{ \"cells\": \"lsmt\" }", ", line 1: cells is \"lsmt\", but must be some of tanh, relu, lstm, gru, gru-reset-before or files of equations (.cell), separated by commas.")]
    [InlineData("{ \"engines\": \"manual,manual\" }", ", line 1: engines is \"manual,manual\", but must be some of manual, autograd, fused, equations, separated by commas.")]
    [InlineData("{ \"engines\": \"\" }", ", line 1: engines is \"\", but must be some of manual, autograd, fused, equations, separated by commas.")]
    [InlineData("{ \"reduction\": \"Sum\" }", ", line 1: reduction is \"Sum\", but must be one of sum, mean.")]
    [InlineData("{ \"bidirectional\": \"true\" }", ", line 1: bidirectional is \"true\", but must be true or false.")]
    [InlineData("{ \"name\": \"../x\" }", ", line 1: name is \"../x\", but must be a word of letters, digits, '-', '_' and '.' that begins with a letter or digit.")]
    [InlineData("{ \"seed\": 1,\n \"seed\": 2 }", ", line 2: seed stands in the file twice.")]
    [InlineData("{ \"seed\": 1,\n \"steps\" 2 }", ", line 2: '2' is invalid after a property name. Expected a ':'.")]
    [InlineData("{ \"seed\": 1 }\n{}", ", line 2: '{' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("[1]", ": a config is one JSON object, { \"key\": value, … }.")]
    [InlineData("{ \"seed\": 1 ", ", line 1: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    public void Read_NamesLineKeyValueAndExpectation(string text, string message)
    {
        var path = _folder.Write("config.json", text);
        Assert.Equal(path + message, Assert.Throws<InputException>(() => ConfigFile.Read(path)).Message);
    }

    [Fact]
    public void Read_TakesCommentsALastCommaAndAByteOrderMark()
    {
        var path = _folder.Write("config.json", "\uFEFF// first\n{ /* H */ \"hiddenSize\": 7, \"cells\": \"lstm, gru\",\n}\n// last\n");
        Assert.Equal(new ExperimentConfig { HiddenSize = 7, Cells = "lstm,gru" }, ConfigFile.Read(path));
    }

    [Fact]
    public void Read_TakesPathsFromTheFilesOwnFolder()
    {
        var path = _folder.Write("config.json", "{ \"data\": \"text.txt\", \"weights\": \"../w.npz\" }");
        Assert.Equal(Path.Combine(_folder.Path, "text.txt"), ConfigFile.Read(path).Data);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "w.npz"), ConfigFile.Read(path).Weights);
    }

    [Theory]
    [InlineData("stepz=4", "--set stepz=4: there is no key 'stepz'; the nearest is 'steps'.")]
    [InlineData("steps", "--set steps: that is no key=value.")]
    [InlineData("steps=", "--set steps=: steps is , but must be a whole number of at least 1.")]
    [InlineData("nesterov=yes", "--set nesterov=yes: nesterov is yes, but must be true or false.")]
    public void Set_RefusesAsFilesDo(string assignment, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => GivenValue.Resolve([GivenValue.Parse(assignment)])).Message);
    }

    [Fact]
    public void Set_TakesEveryKindOfValue()
    {
        string[] assignments = ["steps=4", "learningRate=1e-3", "nesterov=true", "cells=gru", "name=a=b"];
        Assert.Throws<InputException>(() => GivenValue.Resolve([GivenValue.Parse(assignments[^1])]));
        var config = GivenValue.Resolve([.. assignments[..^1].Select(GivenValue.Parse)]);
        Assert.Equal(new ExperimentConfig { Steps = 4, LearningRate = 1e-3, Constants = new() { ["nesterov"] = true }, Cells = "gru" }, config);
    }

    [Fact]
    public void Write_ReadsBackAsTheSameConfig()
    {
        // Every value differs from its default, so that a key that is lost shows.
        var config = new ExperimentConfig
        {
            Name = "x-1",
            Task = "text",
            Data = Path.Combine(_folder.Path, "ü \"q\".txt"),
            Cells = "lstm,tanh",
            HiddenSize = 3,
            Layers = 2,
            Bidirectional = true,
            Weights = Path.Combine(_folder.Path, "w.npz"),
            Initializer = "orthogonal",
            InitialScale = 0.1,
            RecurrentScale = 1.0 / 3,
            InitialBias = 0.5,
            ForgetBias = 1,
            SequenceLength = 7,
            BatchSize = 5,
            TruncationSteps = 2,
            TruncationWindow = 4,
            Reduction = "mean",
            Optimizer = "adamw",
            LearningRate = 1e-7,
            Schedule = "step",
            InputColumns = "2,time",
            TargetColumn = "load",
            Horizon = 3,
            ScheduleFactor = 0.5,
            ScheduleSteps = 9,
            ScheduleMinimum = 1e-4,
            WeightDecay = 0.25,
            Constants = new()
            {
                ["momentum"] = 0.9,
                ["dampening"] = 0.125,
                ["nesterov"] = true,
                ["learningRateDecay"] = 1e-5,
                ["initialAccumulator"] = 0.1,
                ["alpha"] = 0.5,
                ["centered"] = true,
                ["beta1"] = 0.8,
                ["beta2"] = 0.99,
                ["amsGrad"] = true,
                ["epsilon"] = 1e-6,
            },
            Clipping = "norm",
            ClippingLimit = 2.5,
            Precision = "float64",
            Engines = "fused,manual",
            Steps = 11,
            WarmUp = 1,
            LogEvery = 2,
            EvaluateEvery = 3,
            FlowEvery = 7,
            CheckpointEvery = 4,
            WeightsFormat = "npz",
            Threads = 2,
            Seed = 13,
            Seeds = "5,9",
        };
        var defaults = new ExperimentConfig();
        Assert.All(ConfigKeys.All, key => Assert.NotEqual(key.Read(defaults).ToJsonString(), key.Read(config).ToJsonString()));
        Assert.Equal(typeof(ExperimentConfig).GetProperties().Count(property => property.CanWrite) - 1 + OptimizerConstant.All.Count, ConfigKeys.All.Count);
        Assert.Equal(config, ConfigFile.Read(_folder.Write("config.json", ConfigFile.Write(config))));
    }

    [Theory]
    [InlineData("{ \"task\": \"identity\",\n  \"hiddenSize\": 3,\n  \"steps\": 4\n}", "line 3: steps is not used by the example identity, which uses name, task, hiddenSize, engines, seed.")]
    [InlineData("{\n  \"threads\": 2,\n  \"task\": \"time-last\"\n}", "line 2: threads is not used by the example time-last, which uses name, task, engines.")]
    [InlineData("{ \"task\": \"numbered\",\n  \"seed\": 1\n}", "line 2: seed is not used by the example numbered, which uses name, task, engines.")]
    public void Read_RefusesKeysThatAWorkedExampleDoesNotUse(string text, string message)
    {
        var path = _folder.Write("config.json", text);
        Assert.Equal($"{path}, {message}", Assert.Throws<InputException>(() => ConfigFile.Read(path)).Message);
    }

    [Fact]
    public void Write_OfAWorkedExampleReadsBack()
    {
        var config = new ExperimentConfig { Name = "x", Task = "identity", HiddenSize = 3, Engines = "manual", Seed = 4 };
        Assert.Equal(config, ConfigFile.Read(_folder.Write("config.json", ConfigFile.Write(config))));
    }

    public static TheoryData<string> Shipped() => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "configs"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedConfigs_CanBePrepared(string name)
    {
        var config = ConfigFile.Read(Path.Combine(AppContext.BaseDirectory, "configs", name));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), config.Name);
        if (config.Task == "text")
        {
            config = config with { Data = _folder.Write("text.txt", string.Concat(Enumerable.Repeat("to be or not to be\n", 20))) };
        }

        if (WorkedExampleTable.Find(config.Task) is { } example)
        {
            Assert.Same(config, example.Run(config).Config);
            return;
        }

        using var experiment = Experiment.Prepare(config with { HiddenSize = 2 });
    }

    [Fact]
    public void ShippedNames_IsTheDefault()
    {
        Assert.Equal(new ExperimentConfig(), ConfigFile.Read(Path.Combine(AppContext.BaseDirectory, "configs", "names.json")));
    }

    public void Dispose() => _folder.Dispose();
}

using System.Text.Json;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Tests.Training;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Results.Seeds;

public sealed class SeedSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("", new[] { 7 })]
    [InlineData("3", new[] { 7, 8, 9 })]
    [InlineData("4, 1,9", new[] { 4, 1, 9 })]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("4,4", null)]
    [InlineData("4,", null)]
    [InlineData("many", null)]
    [InlineData("10001", null)]
    public void SeedList_IsANumberOrAList(string text, int[]? seeds)
    {
        Assert.Equal(seeds, SeedList.Parse(text, first: 7));
    }

    [Fact]
    public void Folder_HasEverySeedsValuesAndTheirComparisons()
    {
        var config = new ExperimentConfig { Task = "echo", HiddenSize = 4, SequenceLength = 5, BatchSize = 3, Steps = 4, WarmUp = 1, Engines = "manual,autograd", Cells = "tanh,gru", Seeds = "3", Seed = 5 };
        RunResult[] runs = [.. SeedList.Parse(config.Seeds, config.Seed)!.Select(seed => Run(config with { Seed = seed, Seeds = "" }))];
        using var folder = RunFolder.Create(Path.Combine(_folder.Path, "out"), config);
        folder.Write(config, runs);

        var rows = File.ReadAllLines(Path.Combine(folder.Path, "metrics.csv")).Select(line => line.Split(',')).ToArray();
        Assert.Equal("seed", rows[0][^1]);
        Assert.Equal(["5", "6", "7"], rows.Skip(1).Select(row => row[^1]).Distinct());
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal(config, ConfigFile.Read(Path.Combine(folder.Path, "config.json")));
        Assert.Contains(" seeds 5, 6, 7</p>", File.ReadAllText(Path.Combine(folder.Path, "report.html")), StringComparison.Ordinal);

        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "summary.json")));
        var seeds = json.RootElement.GetProperty("seeds");
        Assert.Equal([5, 6, 7], seeds.GetProperty("values").EnumerateArray().Select(value => value.GetInt32()));
        foreach (var result in seeds.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("measure").GetString() == "test " + runs[0].Metric.Name))
        {
            var run = runs.Single(run => run.Config.Seed == result.GetProperty("seed").GetInt32());
            var contender = run.Contenders.Single(contender => contender.Name == result.GetProperty("engine").GetString());
            Assert.Equal(contender.Scores[RnnCompare.Experiments.Tasks.DataPart.Test].Score, result.GetProperty("value").GetDouble());
        }

        // Each engine with the first of its cell, and the cells with each other.
        var pairs = seeds.GetProperty("comparisons").EnumerateArray().Select(each => (each.GetProperty("a").GetString(), each.GetProperty("b").GetString())).Distinct();
        Assert.Equal([("autograd tanh", "manual tanh"), ("autograd gru", "manual gru"), ("manual gru", "manual tanh")], pairs);
        Assert.All(seeds.GetProperty("comparisons").EnumerateArray(), each => Assert.Equal(3, each.GetProperty("n").GetInt32()));
        Assert.StartsWith("seed-5/weights-manual-tanh", json.RootElement.GetProperty("engines").GetProperty("manual tanh").GetProperty("weights").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static RunResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), TestContext.Current.CancellationToken);
    }
}

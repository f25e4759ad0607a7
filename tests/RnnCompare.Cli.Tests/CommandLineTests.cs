using System.Text.Json;
using RnnCompare.Cli.Commands;
using RnnCompare.Experiments.Configs;

namespace RnnCompare.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Small = ["--steps", "4", "--set", "hiddenSize=5", "--set", "sequenceLength=4", "--set", "warmUp=1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData("rnu", "there is no command 'rnu'; the nearest is 'run'.")]
    [InlineData("run --stpes 4", "there is no option '--stpes'; the nearest is '--steps'.")]
    [InlineData("run --stpes=4", "there is no option '--stpes'; the nearest is '--steps'.")]
    [InlineData("run --text --stpes 4", "there is no option '--stpes'; the nearest is '--steps'.")]
    [InlineData("run -x", "there is no option '-x'; the nearest is '--text'.")]
    [InlineData("info --steps 4", "there is no option '--steps'; the nearest is '--help'.")]
    [InlineData("run a.json b.json", "'b.json' is one argument too many for run.")]
    [InlineData("run --steps", "Required argument missing for option: '--steps'.")]
    [InlineData("run --steps 4 --steps 5", "Option '--steps' expects a single argument but 2 were provided.")]
    [InlineData("run --steps 0", "--steps: steps is 0, but must be a whole number of at least 1.")]
    [InlineData("run --steps many", "--steps: steps is many, but must be a whole number of at least 1.")]
    [InlineData("run --seed -1", "--seed: seed is -1, but must be a whole number of at least 0.")]
    [InlineData("run --engines manual,torch", "--engines: engines is manual,torch, but must be some of manual, autograd, fused, equations, separated by commas.")]
    [InlineData("run --set hiddenSize=0", "--set hiddenSize=0: hiddenSize is 0, but must be a whole number in 1..65536.")]
    [InlineData("run --set hidensize=4", "--set hidensize=4: there is no key 'hidensize'; the nearest is 'hiddenSize'.")]
    [InlineData("run --steps 4 --set task=identity", "--steps: steps is not used by the example identity, which uses name, task, hiddenSize, engines, seed.")]
    [InlineData("run --set task=numbered --seed 4", "--seed: seed is not used by the example numbered, which uses name, task, engines.")]
    [InlineData("speed --points 9", "--points: '9' is not a row of the grid, which has rows 1 to 7.")]
    [InlineData("speed --cels lstm", "there is no option '--cels'; the nearest is '--cells'.")]
    [InlineData("run missing.json", "missing.json: there is no such file.")]
    [InlineData("run @missing.json", "@missing.json: there is no such file.")]
    public void Run_RefusesBadInputInOneLine(string line, string message)
    {
        var output = Path.Combine(_folder, "out");
        var args = line.Split(' ');
        var (code, text, error) = Run(args[0] == "run" && args[^1] != "--steps" ? [.. args, "--output", output] : args);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Equal($"rnncompare: {message}{Environment.NewLine}", error);
        Assert.Empty(text);
        Assert.False(Path.Exists(output));
    }

    [Fact]
    public void Run_TrainsACellOfOnesOwn()
    {
        var cell = Write("leaky.cell", "cell leaky\nstate h\na = sigmoid(x·Wxa + h·Wha + ba)\nh' = (1 - a) ⊙ h + a ⊙ tanh(x·Wxh + h·Whh + bh)\n"u8.ToArray());
        var output = Path.Combine(_folder, "own");
        var (code, text, error) = Run(["run", .. Small, "--set", $"cells={cell}", "--engines", "equations,autograd", "--output", output]);
        Assert.True(code == ExitCodes.Success, error);
        Assert.Matches(@"\| dWha +\|", text);
        Assert.Matches(@"\| verdict +\| +agrees \| +16× \| +agrees \|", text);
    }

    [Fact]
    public void Run_WritesNothingWhereATextIsUnusable()
    {
        var (empty, invalid, missing) = (Write("empty.txt", []), Write("invalid.txt", [0x61, 0xFF]), Path.Combine(_folder, "missing.txt"));
        foreach (var (path, message) in new[] { (empty, "the file is empty"), (invalid, "byte 1 (0xff) is no valid UTF-8"), (missing, "there is no such file"), (_folder, "it is a folder") })
        {
            var (code, text, error) = Run(["run", "--text", path, "--output", Path.Combine(_folder, "out")]);
            Assert.Equal(ExitCodes.BadInput, code);
            Assert.StartsWith($"rnncompare: {path}: ", error, StringComparison.Ordinal);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.Equal(1, error.Count(c => c == '\n'));
            Assert.Empty(text);
        }

        Assert.Equal(["empty.txt", "invalid.txt"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Run_TrainsOnAnyTextAndWritesItsResults()
    {
        var text = Write("text.txt", [.. Enumerable.Repeat("to be or not to be\n"u8.ToArray(), 40).SelectMany(line => line)]);
        var output = Path.Combine(_folder, "out");
        var (code, shown, error) = Run(["run", "--text", text, "--engines", "manual,autograd", "--seed", "7", "--output", output, .. Small]);
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("Gradients before training", shown, StringComparison.Ordinal);
        Assert.Contains("step 4 of 4", error, StringComparison.Ordinal);
        Assert.DoesNotContain("step 4 of 4", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown + error);

        var config = ConfigFile.Read(Path.Combine(output, "config.json"));
        Assert.Equal(("text", "text", text, 4, 7), (config.Name, config.Task, config.Data, config.Steps, config.Seed));
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "summary.json")));
        Assert.True(summary.RootElement.GetProperty("engines").GetProperty("autograd").GetProperty("smoothedLoss").GetDouble() > 0);
    }

    [Fact]
    public void Run_RepeatsFromItsOwnConfig()
    {
        var (first, second) = (Path.Combine(_folder, "first"), Path.Combine(_folder, "second"));
        Assert.Equal(ExitCodes.Success, Run(["run", "--output", first, .. Small]).Code);
        Assert.Equal(ExitCodes.Success, Run(["run", Path.Combine(first, "config.json"), "--output", second]).Code);
        Assert.Equal(Untimed(first), Untimed(second));

        static string[] Untimed(string folder) => [.. File.ReadAllLines(Path.Combine(folder, "metrics.csv")).Select(line => line[..line.LastIndexOf(',')])];
    }

    [Fact]
    public void Run_WorksAPublishedExampleOut()
    {
        var output = Path.Combine(_folder, "out");
        var (code, shown, error) = Run(["run", "--set", "task=time-last", "--set", "name=printed", "--engines", "manual", "--output", output]);
        Assert.Equal((ExitCodes.Success, ""), (code, error));
        Assert.StartsWith("printed: The course printed 62 numbers; met to every printed digit: 62 by manual.", shown, StringComparison.Ordinal);
        Assert.Contains("| dba[4,0] |  0.33991813 |  0.33991813 |", shown, StringComparison.Ordinal);

        Assert.Equal(["config.json", "report.html", "summary.json", "summary.md"], Directory.GetFiles(output).Select(Path.GetFileName).Order());
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "summary.json")));
        var ds0 = summary.RootElement.GetProperty("gradients").GetProperty("manual").GetProperty("ds0");
        Assert.Equal([5, 1], ds0.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(-0.04446273, ds0.GetProperty("values")[0].GetDouble(), 5e-9);
        Assert.Equal(ExitCodes.Success, Run(["run", Path.Combine(output, "config.json"), "--output", output + "2"]).Code);
    }

    [Fact]
    public void Run_TellsOfDivergence()
    {
        string[] wild = ["--set", "cells=relu", "--set", "optimizer=sgd", "--set", "learningRate=1e9", "--set", "clipping=none"];
        var (code, shown, _) = Run(["run", "--output", Path.Combine(_folder, "out"), "--engines", "manual", .. Small, .. wild, "--set", "steps=50"]);
        Assert.Equal(ExitCodes.Finding, code);
        Assert.Contains("Diverged: the loss of manual is ", shown, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "out", "metrics.csv")));
    }

    [Fact]
    public void Help_HasExamplesAndEveryKey()
    {
        var (code, text, _) = Run(["run", "--help"]);
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("Examples:", text, StringComparison.Ordinal);
        Assert.All(ConfigKeys.All, key => Assert.Contains($"  {key.Name} ", text, StringComparison.Ordinal));
        Assert.Contains("rnncompare [command]", Run([]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_NamesWhatIsMeasuredOn()
    {
        var (code, text, _) = Run(["info"]);
        Assert.Equal(ExitCodes.Success, code);
        string[] facts = ["TorchSharp", "libtorch", "2.10.0", "0.107.0", "vector instructions"];
        Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Output, string Error) Run(string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

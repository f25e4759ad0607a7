using System.Globalization;
using System.Text.Json;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Tests.Training;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Results;

public sealed class ResultsTests : IDisposable
{
    private static readonly ExperimentConfig Small = new() { HiddenSize = 5, SequenceLength = 4, Steps = 6, WarmUp = 1, EvaluateEvery = 3, LogEvery = 2, Cells = "tanh,gru" };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_LeavesWholeFiles()
    {
        var result = Run(Small);
        using var folder = RunFolder.Create(Path.Combine(_folder.Path, "a", "b"), Small);
        folder.Begin([]);
        folder.Write(result);
        Assert.Empty(folder.NotWritten);
        folder.Dispose();
        string[] weights = ["weights-autograd-gru", "weights-autograd-tanh", "weights-fused-gru", "weights-fused-tanh", "weights-manual-gru", "weights-manual-tanh"];
        Assert.Equal(["config.json", "flow.json", "metrics.csv", "report.html", "summary.json", "summary.md", .. weights.Select(name => name + ".safetensors")], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(Small, ConfigFile.Read(Path.Combine(folder.Path, "config.json")));

        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "summary.json")));
        var engines = summary.RootElement.GetProperty("engines");
        Assert.Equal(["manual tanh", "autograd tanh", "fused tanh", "manual gru", "autograd gru", "fused gru"], engines.EnumerateObject().Select(engine => engine.Name));
        foreach (var engine in engines.EnumerateObject())
        {
            var contender = result.Groups.SelectMany(group => group.Contenders).Single(contender => contender.Name == engine.Name);
            Assert.Equal(contender.SmoothedLoss, engine.Value.GetProperty("smoothedLoss").GetDouble());
            Assert.True(File.Exists(Path.Combine(folder.Path, engine.Value.GetProperty("weights").GetString()!)));
            Assert.Equal(contender.StepsPerSecond.Median, engine.Value.GetProperty("stepsPerSecond").GetDouble());
        }

        Assert.Equal(8, summary.RootElement.GetProperty("gradientsBeforeTraining").GetArrayLength());
        Assert.Equal("completed", summary.RootElement.GetProperty("end").GetProperty("kind").GetString());
    }

    [Fact]
    public void MetricsCsv_HasARowForEachNotedStepOfEachEngine()
    {
        using var folder = RunFolder.Create(Path.Combine(_folder.Path, "metrics"), Small);
        using var experiment = Experiment.Prepare(Small);
        experiment.Run(new ObserverStub(), folder, CancellationToken.None);
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "metrics.csv")); // before anything else is written
        Assert.Equal("step,engine,loss,smoothedLoss,trainingLoss,trainingScore,validationLoss,validationScore,testLoss,testScore,learningRate,gradientNorm,clippedShare,seconds", lines[0]);
        Assert.Equal(1 + (6 * 4), lines.Length);
        var rows = lines[1..].Select(line => line.Split(',')).ToArray();
        Assert.All(rows, row => Assert.Equal(14, row.Length));
        var manual = rows.Where(row => row[1] == "manual tanh").ToArray();
        Assert.Equal(["2", "3", "4", "6"], manual.Select(row => row[0]));
        Assert.Equal(["", "0", "", "0"], manual.Select(row => row[6].Length > 0 ? "0" : ""));
        Assert.All(rows, row => Assert.Equal("0.1", row[10]));
        Assert.All(rows, row => Assert.True(double.Parse(row[11], CultureInfo.InvariantCulture) > 0 && double.Parse(row[12], CultureInfo.InvariantCulture) is >= 0 and <= 1));
        Assert.All(rows.GroupBy(row => row[1]), own => Assert.Equal(own.Select(row => double.Parse(row[13], CultureInfo.InvariantCulture)).Order(), own.Select(row => double.Parse(row[13], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void SummaryJson_HasNullWhereThereIsNoNumber()
    {
        var result = Run(Small with { Cells = "relu", Engines = "manual", Optimizer = "sgd", LearningRate = 1e9, Clipping = "none" });
        Assert.Equal(RunEndKind.Diverged, result.End.Kind);
        using var summary = JsonDocument.Parse(SummaryJson.Write(result));
        Assert.Equal(JsonValueKind.Null, summary.RootElement.GetProperty("engines").GetProperty("manual").GetProperty("smoothedLoss").ValueKind);
        Assert.Equal("manual", summary.RootElement.GetProperty("end").GetProperty("engine").GetString());
        Assert.All(RunReport.Tables(result), table => Assert.All(table.Rows, row => Assert.Equal(table.Headers.Count, row.Count)));
    }

    [Fact]
    public void Tables_SayEverythingInOrder()
    {
        var tables = RunReport.Tables(Run(Small with { Cells = "tanh" }));
        string[] titles =
        [
            "Gradients before training",
            "Loss curves",
            "How trajectories move apart",
            "Weights after 6 steps",
            "Steps per second",
            "The task: bits per character",
            "Gradient norm ‖dL/dh‖ over the steps back in time, trained weights",
            "Drawn from the model of manual",
        ];
        Assert.Equal(titles, tables.Select(table => table.Title));
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Headers.Count, row.Count)));
        Assert.Equal(["verdict", "agrees", "agrees", "16×", "agrees", "agrees", "16×"], tables[0].Rows[^1]);
        Assert.Equal(["steps back", "manual", "autograd", "bound"], tables[6].Headers);
    }

    [Fact]
    public void Create_TakesTheNextFreeNumber()
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _folder.Path;
        try
        {
            Assert.EndsWith(Path.Combine("runs", "x-1"), Create("x"), StringComparison.Ordinal);
            Assert.EndsWith(Path.Combine("runs", "x-2"), Create("x"), StringComparison.Ordinal);
            Assert.EndsWith(Path.Combine("runs", "y-1"), Create("y"), StringComparison.Ordinal);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void Create_RefusesAFilesPath()
    {
        var path = _folder.Write("file", "x");
        Assert.StartsWith($"{path}: the folder cannot be created", Assert.Throws<InputException>(() => RunFolder.Create(path, Small)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.23456, "1.2346")]
    [InlineData(12.3456, "12.35")]
    [InlineData(123.456, "123.5")]
    [InlineData(12345.6, "12,346")]
    [InlineData(1.5e7, "1.500e7")]
    [InlineData(0.000123456, "1.235e-4")]
    [InlineData(-0.5, "-0.5000")]
    [InlineData(double.NaN, "–")]
    public void Figures_AreShort(double value, string text) => Assert.Equal(text, Figures.Value(value));

    [Fact]
    public void ToMarkdown_KeepsBarsInsideCells()
    {
        var table = new ReportTable("T", ["a", "b"], [["x|y", "1"]], ["note"]);
        Assert.Equal("## T\n\n| a | b |\n|---|---:|\n| x\\|y | 1 |\n\nnote\n", table.ToMarkdown());
    }

    public void Dispose() => _folder.Dispose();

    private static string Create(string name)
    {
        using var folder = RunFolder.Create(null, Small with { Name = name });
        return folder.Path;
    }

    private static RunResult Run(ExperimentConfig config)
    {
        using var experiment = Experiment.Prepare(config);
        return experiment.Run(new ObserverStub(), CancellationToken.None);
    }
}

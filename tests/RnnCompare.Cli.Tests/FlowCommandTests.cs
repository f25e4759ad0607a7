using System.Text.Json;
using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests;

public sealed class FlowCommandTests : IDisposable
{
    private static readonly string[] Small = ["--set", "hiddenSize=5", "--set", "sequenceLength=4"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Fact]
    public void Flow_ShowsACaseInFullAndWritesItsFiles()
    {
        var run = CommandRun.Of(["flow", .. Small, "--output", Path.Combine(_folder, "out")]);
        Assert.Equal(ExitCodes.Success, run.Code);
        foreach (var title in new[] { "Gradient norm ‖dL/dh_t‖ of the whole loss, initial weights", "Gates", "‖∂L_s/∂h_t‖, layer 0", "Singular values of products" })
        {
            Assert.Contains(title, run.Output, StringComparison.Ordinal);
        }

        Assert.StartsWith("names, tanh …", run.Error, StringComparison.Ordinal);
        Assert.Equal(["config.json", "flow.json", "report.html", "summary.md"], Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Flow_SweepsTheUsualGainsAndPrintsJson()
    {
        var run = CommandRun.Of(["flow", .. Small, "--json", "--gains"]);
        Assert.Equal(ExitCodes.Success, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["gain 0.5", "gain 0.9", "gain 1", "gain 1.1", "gain 1.5"], json.RootElement.GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("task is identity, a worked example, but flow needs a task that trains a network.", "--set", "task=identity")]
    [InlineData("missing.json: there is no such file.", "missing.json")]
    [InlineData("--sequences is 0, but must be a whole number of at least 1.", "--sequences", "0")]
    public void Flow_RefusesBadInput(string message, params string[] args)
    {
        CommandRun.Of(["flow", .. args]).RequireRefusal(message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

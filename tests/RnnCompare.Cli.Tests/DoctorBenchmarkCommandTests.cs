using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests;

public sealed class DoctorBenchmarkCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Fact]
    public void DoctorBenchmark_WritesItsRates()
    {
        var path = Path.Combine(_folder, "rates.md");
        var run = CommandRun.Of("doctor-benchmark", "--cases", "10", "--output", path);
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.Contains("15 of 15 programs", run.Output, StringComparison.Ordinal);
        var text = File.ReadAllText(path);
        Assert.Contains("| one mistake | 10 |", text, StringComparison.Ordinal);
        Assert.Contains("| two mistakes | 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| right | 4 |", text, StringComparison.Ordinal);
        Assert.Contains("| the doctor |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void DoctorBenchmark_RefusesNoCases()
    {
        CommandRun.Of("doctor-benchmark", "--cases", "0").RequireRefusal("--cases is 0, but must be a whole number of at least 1.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

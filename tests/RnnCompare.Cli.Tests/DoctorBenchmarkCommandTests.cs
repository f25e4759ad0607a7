using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests;

public sealed class DoctorBenchmarkCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Fact]
    public void DoctorBenchmark_WritesItsRates()
    {
        var path = Path.Combine(_folder, "rates.md");
        var run = CommandRun.Of("doctor-benchmark", "--half", "catalogue", "--cases", "10", "--output", path);
        Assert.Equal(ExitCodes.Success, run.Code);
        Assert.EndsWith("15 of 15 programs\n", run.Error, StringComparison.Ordinal);
        var text = File.ReadAllText(path);
        Assert.Contains("| one mistake | 10 |", text, StringComparison.Ordinal);
        Assert.Contains("| two mistakes | 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| right | 4 |", text, StringComparison.Ordinal);
        Assert.Contains("| the doctor |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mistyped", text, StringComparison.Ordinal);
    }

    [Fact]
    public void DoctorBenchmark_WritesTheRatesOfMistypedPrograms()
    {
        var path = Path.Combine(_folder, "rates.md");
        var run = CommandRun.Of("doctor-benchmark", "--half", "programs", "--cases", "6", "--output", path);
        Assert.Equal(ExitCodes.Success, run.Code);
        Assert.EndsWith("10 of 10 programs\n", run.Error, StringComparison.Ordinal);
        var text = File.ReadAllText(path);
        Assert.Contains("| one slip | 6 | 100.0 % |", text, StringComparison.Ordinal);
        Assert.Contains("| two slips | 1 | 100.0 % |", text, StringComparison.Ordinal);
        Assert.Contains("| right | 3 | – | – | 0 |", text, StringComparison.Ordinal);
        Assert.Contains("| += typed as = |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cases", "0", "--cases is 0, but must be a whole number of at least 1.")]
    [InlineData("--half", "third", "--half is 'third', expected catalogue, programs or both.")]
    public void DoctorBenchmark_RefusesWhatItCannotDo(string option, string value, string message)
    {
        CommandRun.Of("doctor-benchmark", option, value).RequireRefusal(message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

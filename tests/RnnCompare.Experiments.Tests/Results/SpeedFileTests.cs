using RnnCompare.Cells;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Speed;

namespace RnnCompare.Experiments.Tests.Results;

public sealed class SpeedFileTests : IDisposable
{
    private static readonly RunEnvironment Here = new("processor A, 4 cores", "AVX2", ".NET", null);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Compare_SaysWhatBecameFasterOrSlower()
    {
        double[] steady = [.. Enumerable.Range(0, 40).Select(i => 1e-3 * (1 + (0.02 * (i % 5))))];
        var file = SpeedFile.Read(_folder.Write("before.json", SpeedFile.Write(Here, [Result(steady, 1e11)])), Here);

        var same = Assert.Single(file.Compare([Result(steady, 1e11)]));
        Assert.Equal(("tanh (2, 3, 5, 7, 11)", "manual", 1.0, 1.0, "no difference"), (same.Case, same.Engine, same.Ratio, same.Machine, same.Verdict));
        Assert.InRange(1, same.Lower, same.Upper);

        var slower = Assert.Single(file.Compare([Result([.. steady.Select(value => 1.5 * value)], 0.8e11)]));
        Assert.Equal("slower", slower.Verdict);
        Assert.Equal(1.5, slower.Ratio, 1e-12);
        Assert.Equal(0.8, slower.Machine, 1e-12);
        Assert.Equal("faster", Assert.Single(file.Compare([Result([.. steady.Select(value => 0.5 * value)], 1e11)])).Verdict);
    }

    [Fact]
    public void Read_RefusesWhatItCannotCompareWith()
    {
        var path = _folder.Write("before.json", SpeedFile.Write(Here, [Result([1e-3], 1e11)]));
        Assert.EndsWith("but this machine is processor B; times can only be compared on one machine.", Refusal(path, Here with { Processor = "processor B" }), StringComparison.Ordinal);
        Assert.Contains("this is not a file of rnncompare speed --output", Refusal(_folder.Write("x.json", "{}"), Here), StringComparison.Ordinal);
        Assert.Contains("this is not a file of rnncompare speed --output", Refusal(_folder.Write("y.json", "no JSON"), Here), StringComparison.Ordinal);
        Assert.EndsWith("the format is 2, but this version reads up to 1.", Refusal(_folder.Write("z.json", "{\"format\":2}"), Here), StringComparison.Ordinal);

        static string Refusal(string path, RunEnvironment environment) => Assert.Throws<InputException>(() => SpeedFile.Read(path, environment)).Message;
    }

    public void Dispose() => _folder.Dispose();

    private static SpeedResult Result(double[] rounds, double flops)
    {
        return new(new(RnnCell.Tanh, 2, 3, 5, 7, 11), [new("manual", 1, Quartiles.Of(rounds), new(1, 1, 1)) { Rounds = rounds }], new(1, flops, 1e10));
    }
}

using RnnCompare.Cells;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Speed;

namespace RnnCompare.Experiments.Tests.Speed;

public class SpeedTests
{
    private static readonly MachineLimit[] Limits = [new(1, 1e11, 2e10), new(2, 2e11, 3e10)];

    [Theory]
    [InlineData("tanh", false, 1)]
    [InlineData("gru", false, 3)]
    [InlineData("lstm", true, 4)]
    public void Flops_AreThoseOfTheProducts(string cell, bool tokens, int gates)
    {
        var speedCase = new SpeedCase(CellTable.Named(cell), 2, 3, 5, 7, 11, tokens);
        var forward = (tokens ? 0 : 5 * 7 * gates) + (7 * 7 * gates) + (7 * 11);
        var backwardToStates = (7 * 7 * gates) + (7 * 11);
        Assert.Equal(2 * (2 * 3) * ((2.0 * forward) + backwardToStates), speedCase.Flops);
    }

    [Fact]
    public void CreateBatch_FitsTheNetwork()
    {
        foreach (var speedCase in SpeedGrid.Of(GruCell.Instance).Take(3))
        {
            speedCase.CreateBatch(1).Prepare(speedCase.Spec, needsTargets: true);
        }
    }

    [Theory]
    [InlineData("lsmt", "manual", null, 1, "--cells: cells is lsmt, but must be")]
    [InlineData("lstm", "torch", null, 1, "--engines: engines is torch, but must be")]
    [InlineData("lstm", "manual", "0", 1, "--points: '0' is not a row of the grid, which has rows 1 to 7.")]
    [InlineData("lstm", "manual", "8", 1, "--points: '8' is not a row of the grid, which has rows 1 to 7.")]
    [InlineData("lstm", "manual", "1,x", 1, "--points: 'x' is not a row of the grid, which has rows 1 to 7.")]
    [InlineData("lstm", "manual", "1", 0, "--seconds is 0, but must be above 0.")]
    public void Parse_RefusesWhatItDoesNotKnow(string cells, string engines, string? points, double seconds, string message)
    {
        var error = Assert.Throws<InputException>(() => SpeedOptions.Parse(cells, engines, points, seconds));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MeasuresEveryEngineOfEveryCase()
    {
        var options = SpeedOptions.Parse("tanh,gru", "manual,fused", "1", 1e-3);
        var told = new List<SpeedResult>();
        var results = SpeedMeasurement.Run(options, told.Add, CancellationToken.None);

        Assert.Equal(told, results);
        Assert.Equal(["tanh", "gru"], results.Select(result => result.Case.Cell.Name));
        Assert.All(results, result =>
        {
            Assert.Equal(["manual", "fused"], result.Engines.Select(engine => engine.Engine));
            Assert.Equal(new Quartiles(1, 1, 1), result.Engines[0].Ratio);
            Assert.Equal("fused", result.FastestOther!.Engine);
            Assert.Equal(result.Case.Flops / result.Engines[0].Seconds.Median / result.Limit.FlopsPerSecond, result.FractionOfLimit, 12);
            Assert.Equal(result.Case.Bytes / result.Limit.BytesPerSecond, result.LeastSecondsOfMemory, 12);
            Assert.True(result.Limit.FlopsPerSecond > 1e8);
        });
        Assert.All(SpeedTables.Of(results).Append(SpeedTables.Limits(Limits)), table => Assert.All(table.Rows, row => Assert.Equal(table.Headers.Count, row.Count)));
        Assert.Equal(4, SpeedTables.Of(results).Count);
    }

    [Theory]
    [InlineData("tanh", false, 1, 5 * 4)]
    [InlineData("gru", true, 3, 8)]
    public void Bytes_AreThoseOfEveryArrayOnceInAndOnceOut(string cell, bool tokens, int gates, int bytesOfInput)
    {
        var speedCase = new SpeedCase(CellTable.Named(cell), 2, 3, 5, 7, 11, tokens);
        var candidateBias = cell == "gru" ? 7 : 0;
        var weights = (7 * gates * (5 + 7 + 1)) + candidateBias + (11 * (7 + 1));
        var values = (7 * gates) + 7 + 11;
        Assert.Equal((4.0 * 5 * weights) + (2 * 3 * ((2 * bytesOfInput) + (4 * 2 * 2 * values))), speedCase.Bytes);
    }

    [Fact]
    public void Doubling_MeasuresThreeSizesOfEveryCase()
    {
        var told = new List<SpeedCase>();
        var options = SpeedOptions.Parse("tanh", "manual", "1,3", 1e-3);
        var results = DoublingMeasurement.Run(options, told.Add, CancellationToken.None);
        Assert.Equal(options.Cases, told);
        Assert.Equal(options.Cases, results.Select(result => result.Case));
        Assert.All(results, result => Assert.All(new[] { result.Seconds, result.TwiceTheSteps, result.TwiceTheBatch }, quartiles => Assert.True(quartiles.Lower > 0)));
        var table = SpeedTables.Doubled(results);
        Assert.All(table.Rows, row => Assert.Equal(table.Headers.Count, row.Count));
    }

    [Fact]
    public void Run_LeavesOutWhatWasCancelled()
    {
        using var source = new CancellationTokenSource();
        var options = SpeedOptions.Parse("tanh", "manual", "1,2", 1e-3);
        Assert.Single(SpeedMeasurement.Run(options, _ => source.Cancel(), source.Token));
    }
}

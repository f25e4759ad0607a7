using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Comparison;

public class CentralDifferencesTests
{
    [Theory]
    [InlineData("tanh", 0.3)]
    [InlineData("lstm", 0.001)]
    [InlineData("gru", 1.0)]
    [InlineData("gru-reset-before", 0.1)]
    public void ManualEngine_IsConfirmedInEveryDirection(string cell, double sigma)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 2, Layers = 2, Bidirectional = true };
        var weights = Samples.Weights<double>(spec, seed: 3, sigma);
        using var engine = new ManualEngine<double>(weights);

        var rows = CentralDifferences.Check(engine, Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 5), seed: 1);

        Assert.All(rows, row => Assert.True(row.RelativeError < 1e-5, row.ToString()));
        Assert.Equal(spec.Cell.HasCellState, rows.Any(row => row.Name == "dc0"));
        Assert.Contains(rows, row => row.Name == "dWhh.1r");
        Assert.Equal(weights.Whh.Data, engine.ReadWeights().Whh.Data);
    }

    [Fact]
    public void WrongGradient_IsSeen()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 7, OutputSize = 2 };
        using var engine = new DoublingEngine(new ManualEngine<double>(Samples.Weights<double>(spec, seed: 3)));

        var rows = CentralDifferences.Check(engine, Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 5), seed: 1);

        Assert.All(rows, row => Assert.Equal(row.Name == "dbh", row.RelativeError > 1e-5));
    }
}

using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tests.Flow;

public class GateFlowTests
{
    [Fact]
    public void Gates_AreSaturatedWhereTheirBiasesPutThem()
    {
        var spec = new RnnSpec { Cell = LstmCell.Instance, InputSize = 1, HiddenSize = 2, OutputSize = 2 };
        var weights = new RnnWeights<double>(spec);
        double[] biases = [-10, -10, 10, 0, -10, 10, 0, 0]; // i, f, g, o of two units
        biases.CopyTo(weights.bh.Span);
        weights.Why.Span.Fill(0.5);
        weights.Why[0, 1] = 1;
        var batch = new SequenceBatch<double>
        {
            Inputs = new(new NdArray<double>(3, 2, 1)),
            Targets = new(new NdArray<long>(3, 2)),
            Lengths = [3, 1],
        };
        using var engine = new ManualEngine<double>(weights);
        var gates = GateFlow.Of(spec, engine.Record(batch), batch);
        Assert.Equal(["i", "f", "g", "o"], gates.Select(gate => gate.Gate));
        Assert.Equal([1, 0, 0.5, 0], gates.Select(gate => gate.Low[0]));
        Assert.Equal([0, 0.5, 0.5, 0], gates.Select(gate => gate.High[0]));
        Assert.Equal(0.5, gates[3].Mean, 1e-15);
        Assert.All(gates, gate => Assert.Equal(3, gate.Norms.Count));

        // What a stopped gate passes is σ′(10) = 4.5e-5 of what an open one would, which i would here: g is open.
        Assert.True(gates[3].Norms[2] > 0);
        Assert.InRange(gates[0].Norms[2], 0, 1e-4);
    }

    [Theory]
    [InlineData("tanh", 20, 0, 1)]
    [InlineData("tanh", -20, 1, 0)]
    [InlineData("relu", 20, 0, 0)]
    [InlineData("relu", -20, 1, 0)]
    public void PlainCell_IsJudgedByItsState(string cell, double bias, double low, double high)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 1, HiddenSize = 3, OutputSize = 2 };
        var weights = new RnnWeights<double>(spec);
        weights.bh.Span.Fill(bias);
        var batch = new SequenceBatch<double> { Inputs = new(new NdArray<double>(2, 1, 1)), Targets = new(new NdArray<long>(2, 1)) };
        using var engine = new ManualEngine<double>(weights);
        var gate = GateFlow.Of(spec, engine.Record(batch), batch).Single();
        Assert.Equal("h", gate.Gate);
        Assert.Equal([low, low], gate.Low);
        Assert.Equal([high, high], gate.High);
    }
}

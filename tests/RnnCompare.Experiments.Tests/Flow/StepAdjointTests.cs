using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Flow;

public class StepAdjointTests
{
    private const int T = 4, B = 3;

    public static TheoryData<string, bool> Cells()
    {
        var data = new TheoryData<string, bool>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, false);
            data.Add(cell.Name, true);
        }

        return data;
    }

    /// <summary>Central differences of the state after one step: h from the forward pass, c from its final state.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void PullBack_IsTheStepsJacobian(string cell, bool bidirectional)
    {
        var spec = SampleNetworks.Spec(cell, 1, bidirectional, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Sum);
        var weights = Samples.Weights<double>(spec, seed: 2);
        var batch = Samples.Batch<double>(spec, T, B, seed: 3);
        using var engine = new ManualEngine<double>(weights);
        var records = engine.Record(batch);
        for (var direction = 0; direction < records.Count; direction++)
        {
            var record = records[direction];
            var adjoint = new StepAdjoint(weights, record);
            const int b = 1;

            // The first step of the direction starts from the given state, which can be moved.
            var t = record.Reverse ? T - 1 : 0;
            var jacobian = adjoint.PullBack(StepSpectra.Identity(adjoint.StateSize), t, b);
            for (var j = 0; j < adjoint.StateSize; j++)
            {
                const double step = 1e-5;
                var (up, down) = (StateAfter(step), StateAfter(-step));
                for (var i = 0; i < adjoint.StateSize; i++)
                {
                    var expected = (up[i] - down[i]) / (2 * step);
                    Assert.True(Math.Abs(jacobian[i, j] - expected) <= 1e-9, $"{cell}, reverse {record.Reverse}: J[{i},{j}] is {jacobian[i, j]:R}, differences say {expected:R}");
                }

                double[] StateAfter(double change)
                {
                    var state = new RnnState<double> { Hidden = batch.InitialState!.Hidden.Clone(), Cell = batch.InitialState.Cell?.Clone() };
                    var part = j < spec.HiddenSize ? state.Hidden : state.Cell!;
                    part[(direction * B) + b, j % spec.HiddenSize] += change;
                    var single = batch with { Inputs = new(batch.Inputs.Values!.Cut(t, t + 1)), Targets = null, InitialState = state };
                    var final = engine.Forward(single).FinalState;
                    var row = (direction * B) + b;
                    return [.. final.Hidden.Row(row), .. final.Cell is null ? [] : final.Cell.Row(row).ToArray()];
                }
            }
        }
    }

    [Fact]
    public void Record_HoldsTheGradientsOfTheWholeLoss()
    {
        var spec = SampleNetworks.Spec("lstm", 2, true, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean);
        var weights = Samples.Weights<double>(spec, seed: 2);
        var batch = Samples.Batch<double>(spec, T, B, seed: 3);
        using var engine = new ManualEngine<double>(weights);
        var gradients = engine.Gradients(batch);
        var records = engine.Record(batch);
        Assert.Equal([(0, false), (0, true), (1, false), (1, true)], records.Select(record => (record.Layer, record.Reverse)));
        for (var i = 0; i < records.Count; i++)
        {
            Assert.Equal(gradients.Hidden!.Step(i), records[i].dHidden.Span);

            // dbh = Σ dz over steps and sequences.
            var sum = new double[spec.GateRows];
            for (var row = 0; row < T * B; row++)
            {
                for (var j = 0; j < sum.Length; j++)
                {
                    sum[j] += records[i].dz[row, j];
                }
            }

            var dbh = gradients.Weights.Layer(i / 2, i % 2 == 1).bh;
            Assert.All(sum.Zip(dbh.Data), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        }
    }
}

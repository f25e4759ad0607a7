using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Flow;

/// <summary>The flow through a cell of equations is that through the same cell written by hand.</summary>
public class EquationFlowTests
{
    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("gru-reset-before")]
    public void Flow_IsThatOfTheHandWrittenCell(string name)
    {
        var spec = SampleNetworks.Spec(name, 2, true, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean);
        var weights = Samples.Weights<double>(spec, 2);
        var own = new RnnWeights<double>(spec with { Cell = new EquationCell(BuiltInCells.Named(name)) });
        foreach (var (tensor, values) in own.Tensors)
        {
            weights[tensor].Data.CopyTo(values.Data, 0);
        }

        var batch = Samples.Batch<double>(spec, 6, 3, 4, lengths: true);
        var expected = FlowMeasurement.Measure("case", weights, batch, ["manual"], FlowDetail.All)!;
        var actual = FlowMeasurement.Measure("case", own, batch, ["equations"], FlowDetail.All)!;
        Compare(expected.Norms.SelectMany(norms => norms.Values), actual.Norms.SelectMany(norms => norms.Values));
        Compare(expected.Maps.SelectMany(map => map.Norms.Data), actual.Maps.SelectMany(map => map.Norms.Data));
        Compare(expected.Spectra.SelectMany(spectra => spectra.SingularValues.SelectMany(values => values)), actual.Spectra.SelectMany(spectra => spectra.SingularValues.SelectMany(values => values)));
        Assert.Equal(expected.Gates.Select(gate => gate.Place), actual.Gates.Select(gate => gate.Place));
        Compare(expected.Gates.SelectMany(gate => gate.Norms), actual.Gates.SelectMany(gate => gate.Norms));
        Compare(expected.Gates.Select(gate => gate.Mean), actual.Gates.Select(gate => gate.Mean));
    }

    /// <summary>Central differences of both states after one step, of a cell whose states have lengths of their own.</summary>
    [Fact]
    public void PullBack_IsTheStepsJacobian()
    {
        var cell = new EquationCell(CellEquations.Parse("cell own\nsize P = H/2\nstate r (P), c (H)\nf = sigmoid(x·Wf + r·Uf)\nc' = f ⊙ c + tanh(r·U)\nr' = tanh(c'·Wp) ⊙ (x·V)\n"));
        var spec = new RnnSpec { Cell = cell, InputSize = 3, HiddenSize = 5, OutputSize = 2 };
        var weights = Samples.Weights<double>(spec, 2);
        var batch = Samples.Batch<double>(spec, 4, 3, 4);
        var run = new NetworkRun<double>(weights, null, 4, 3);
        run.Forward(batch);
        var adjoint = new EquationStepAdjoint(cell.Equations, run, weights, new(0, false));
        Assert.Equal(7, adjoint.StateSize);
        const int t = 2, b = 1;
        var jacobian = adjoint.PullBack(StepSpectra.Identity(7), t, b);
        for (var j = 0; j < 7; j++)
        {
            const double Step = 1e-5;
            var (up, down) = (StateAfter(j, Step), StateAfter(j, -Step));
            for (var i = 0; i < 7; i++)
            {
                Assert.Equal((up[i] - down[i]) / (2 * Step), jacobian[i, j], 1e-9);
            }
        }

        double[] StateAfter(int j, double change)
        {
            var memory = run.Layers[0].Memory;
            var state = new RnnState<double> { Hidden = new(1, 1, 2), Cell = new(1, 1, 5) };
            memory["r"].Row(((t - 1) * 3) + b).CopyTo(state.Hidden.Span);
            memory["c"].Row(((t - 1) * 3) + b).CopyTo(state.Cell.Span);
            (j < 2 ? state.Hidden : state.Cell).Data[j < 2 ? j : j - 2] += change;
            var x = new NdArray<double>([.. batch.Inputs.Values!.Row((t * 3) + b)], 1, 1, 3);
            using var engine = new EquationsEngine<double>(weights);
            var final = engine.Forward(new() { Inputs = new(x), InitialState = state }).FinalState;
            return [.. final.Hidden.Data, .. final.Cell!.Data];
        }
    }

    private static void Compare(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        Assert.All(expected.Zip(actual), pair => Assert.True(double.IsNaN(pair.First) == double.IsNaN(pair.Second) && !(Math.Abs(pair.First - pair.Second) > 1e-12 * Math.Max(1, Math.Abs(pair.First))), $"{pair.First:R}, {pair.Second:R}"));
        Assert.Equal(expected.Count(), actual.Count());
    }
}

using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;
using Xunit.Sdk;

namespace RnnCompare.Testing.Tests;

public class GradientAssertTests
{
    private static RnnWeights<double> Weights => Samples.Weights<double>(HandWrittenTanh.Spec, seed: 7);

    private static SequenceBatch<double> Batch => Samples.Batch<double>(HandWrittenTanh.Spec, steps: 6, batchSize: 1, seed: 11, initialState: false);

    [Fact]
    public void Agrees_PassesARightModel_AndSaysWhatItCannotSee()
    {
        var result = GradientAssert.Agrees(new HandWrittenTanh(Weights, forgetsTheCarry: false), Batch);

        Assert.Contains(result.BlindTo, spot => spot is { Id: "initial-state-ignored", Reason: "h0 is zero" });
    }

    [Fact]
    public void Agrees_FailsWithTheNameOfTheMistake()
    {
        var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(new HandWrittenTanh(Weights, forgetsTheCarry: true), Batch));

        Assert.StartsWith("The model disagrees: 3 of 7 arrays wrong (dWxh, dWhh, dbh); the known mistake carry-dropped", error.Message, StringComparison.Ordinal);
        Assert.Contains("  yours: dh[t] = dy[t]·Why", error.Message, StringComparison.Ordinal);
        Assert.Contains("  right: dh[t] = dy[t]·Why + dhNext", error.Message, StringComparison.Ordinal);
    }

    // A minimal gated unit, whose equations are all that is known of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agrees_KnowsACellByItsEquations(bool forgetsTheReset)
    {
        var cell = new EquationCell(CellEquations.Parse("cell mgu\nstate h\nf = sigmoid(x·Wf + h·Uf)\nn = tanh(x·Wn + (f ⊙ h)·Un)\nh' = (1 - f) ⊙ h + f ⊙ n\n"));
        var spec = new RnnSpec { Cell = cell, InputSize = 3, HiddenSize = 5, OutputSize = 2 };
        var model = new EngineModel(Samples.Weights<double>(spec, 3), gradients =>
        {
            if (forgetsTheReset)
            {
                gradients.Weights["Un"].Row(2).Clear();
            }
        });
        var batch = Samples.Batch<double>(spec, steps: 4, batchSize: 2, seed: 5);
        if (!forgetsTheReset)
        {
            Assert.Equal(Verdict.Agrees, GradientAssert.Agrees(model, batch).Verdict);
            return;
        }

        var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(model, batch));
        Assert.StartsWith("The model disagrees: 1 of 7 arrays wrong (dUn)", error.Message, StringComparison.Ordinal);
        Assert.Contains("dUn is wrong in row 2 only.", error.Message, StringComparison.Ordinal);
    }

    // Right gradients, and what someone does to them.
    private sealed class EngineModel(RnnWeights<double> weights, Action<GradientResult<double>> mistake) : IHandWrittenModel<double>
    {
        public RnnWeights<double> Weights => weights;

        public IReadOnlyDictionary<string, NdArray<double>> Forward(SequenceBatch<double> batch) => new Dictionary<string, NdArray<double>>();

        public IReadOnlyDictionary<string, NdArray<double>> Gradients(SequenceBatch<double> batch)
        {
            using var engine = new EquationsEngine<double>(weights);
            var result = engine.Gradients(batch);
            mistake(result);
            return result.Weights.Tensors.ToDictionary(tensor => "d" + tensor.Name, tensor => tensor.Values).Append(new("loss", new NdArray<double>([result.Loss]))).ToDictionary();
        }
    }

    [Fact]
    public void Equal_PassesEqualGradients()
    {
        using var engine = new ManualEngine<double>(Weights);

        GradientAssert.Equal(engine.Gradients(Batch), engine.Gradients(Batch));
        GradientAssert.Equal(Weights, Weights);
    }

    [Fact]
    public void Equal_FailsWithTheWorstElement()
    {
        using var engine = new ManualEngine<double>(Weights);
        var (expected, actual) = (engine.Gradients(Batch), engine.Gradients(Batch));
        actual.Weights.Whh[1, 2] += 1e-6;

        var error = Assert.Throws<XunitException>(() => GradientAssert.Equal(expected, actual));
        Assert.StartsWith("dWhh[1,2]: expected ", error.Message, StringComparison.Ordinal);
        Assert.Throws<XunitException>(() => GradientAssert.Equal(expected.Weights, actual.Weights));
        GradientAssert.Equal(expected, actual, tolerance: 1e-3);
    }
}

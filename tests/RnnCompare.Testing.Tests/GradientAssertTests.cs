using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
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

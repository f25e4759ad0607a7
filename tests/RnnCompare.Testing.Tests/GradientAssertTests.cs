using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;
using Xunit.Sdk;

namespace RnnCompare.Testing.Tests;

public class GradientAssertTests
{
    private static readonly RnnSpec Spec = new()
    {
        Cell = CellTable.Named("tanh"),
        InputSize = 4,
        HiddenSize = 7,
        OutputSize = 2,
        Loss = LossKind.SquaredError,
        Reduction = Reduction.Sum,
    };

    [Fact]
    public void Agrees_PassesARightModel()
    {
        var batch = Samples.Batch<double>(Spec, steps: 5, batchSize: 3, seed: 2, initialState: false);
        GradientAssert.Agrees(new MyNetwork(Samples.Weights<double>(Spec, 1)), batch);
    }

    [Fact]
    public void Agrees_NamesTheMistakeOfAWrongModel()
    {
        var batch = Samples.Batch<double>(Spec, steps: 5, batchSize: 3, seed: 2, initialState: false);
        var model = new MyNetwork(Samples.Weights<double>(Spec, 1), transposed: false);
        var message = Assert.Throws<FailException>(() => GradientAssert.Agrees(model, batch)).Message;
        Assert.Contains("whh-not-transposed", message, StringComparison.Ordinal);
        Assert.Contains("dWhh", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_NamesTheElementThatDiffers()
    {
        using var engine = new ManualEngine<double>(Samples.Weights<double>(Spec, 1));
        var batch = Samples.Batch<double>(Spec, steps: 5, batchSize: 3, seed: 2);
        var (expected, actual) = (engine.Gradients(batch), engine.Gradients(batch));
        GradientAssert.Equal(expected, actual);
        actual.Weights.Whh[2, 6] *= 1.01;
        var message = Assert.Throws<FailException>(() => GradientAssert.Equal(expected, actual)).Message;
        Assert.Contains("dWhh[2,6]", message, StringComparison.Ordinal);
    }
}

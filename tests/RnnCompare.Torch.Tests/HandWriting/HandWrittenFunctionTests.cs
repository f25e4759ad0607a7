using System.Runtime.InteropServices;
using RnnCompare.Torch.HandWriting;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests.HandWriting;

public class HandWrittenFunctionTests
{
    [Fact]
    public void Apply_IsDifferentiatedByItsOwnBackwardPass()
    {
        using var scope = NewDisposeScope();
        var (x, scale) = (tensor(new double[] { 1, -2, 3 }).requires_grad_(), tensor(2.0).requires_grad_());
        var results = HandWrittenFunction.Apply([x, scale], inputs => new(
            [inputs[0] * inputs[1], inputs[0].sum()],
            gradients => [(gradients[0] * scale.detach()) + gradients[1], (gradients[0] * x.detach()).sum()]));

        HandWrittenFunction.Backward(results[0].sum() + (10 * results[1]));

        Assert.Equal([12, 12, 12], x.grad!.data<double>().ToArray());
        Assert.Equal(2, scale.grad!.item<double>());
    }

    [Fact]
    public void Apply_WithoutGradients_RunsTheForwardPassOnly()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var results = HandWrittenFunction.Apply([ones(2).requires_grad_()], inputs => new([inputs[0] * 3], _ => throw new TimeoutException()));
        Assert.False(results[0].requires_grad);
    }

    [Fact]
    public void Forward_ThrowsWhatTheHandWrittenForwardThrows()
    {
        Assert.Throws<TimeoutException>(() => HandWrittenFunction.Apply([ones(2)], _ => throw new TimeoutException()));
    }

    [Theory]
    [InlineData(new long[] { 2, 3 })]
    [InlineData(new long[] { 1 })]
    [InlineData(new long[] { })]
    public void Backward_ThrowsWhatTheHandWrittenBackwardThrows(long[] shape)
    {
        using var scope = NewDisposeScope();
        var x = ones(shape, dtype: ScalarType.Float64).requires_grad_();

        Assert.Throws<TimeoutException>(() => HandWrittenFunction.Backward(Failing(x).sum()));
        Assert.Throws<TimeoutException>(() => HandWrittenFunction.Grad([Failing(x).sum()], [x]));

        // Without this project's help, the caller hears of it all the same, or gets what nobody mistakes for a gradient.
        Assert.Throws<ExternalException>(() => Failing(x).sum().backward());
        Assert.True(autograd.grad([Failing(x).sum()], [x])[0].isnan().all().item<bool>());

        // And the next pass is as good as new.
        HandWrittenFunction.Backward((x * 2).sum());
        Assert.Equal(2, x.grad!.view(-1)[0].item<double>());
    }

    [Fact]
    public void Backward_ThrowsAmongOperationsOfTorch()
    {
        using var scope = NewDisposeScope();
        using var first = nn.Linear(3, 4);
        var h = first.call(ones(2, 3)).tanh();
        Assert.Throws<TimeoutException>(() => HandWrittenFunction.Backward((Failing(h) * 2).sum() + h.sum()));
    }

    [Fact]
    public void Backward_RefusesGradientsThatDoNotFit()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, 3).requires_grad_();
        var tooMany = HandWrittenFunction.Apply([x], inputs => new([inputs[0] * 1], gradients => [gradients[0], gradients[0]]))[0].sum();
        Assert.Contains("returned 2 gradients, expected 1", Assert.Throws<InvalidOperationException>(() => HandWrittenFunction.Backward(tooMany)).Message, StringComparison.Ordinal);

        var wrongShape = HandWrittenFunction.Apply([x], inputs => new([inputs[0] * 1], gradients => [gradients[0].t()]))[0].sum();
        Assert.Contains("shape (3, 2) for input 0, expected (2, 3)", Assert.Throws<InvalidOperationException>(() => HandWrittenFunction.Backward(wrongShape)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_RefusesSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var loss = HandWrittenFunction.Apply([x], inputs => new([inputs[0] * inputs[0]], gradients => [gradients[0] * 2 * x.detach()]))[0].sum();
        Assert.Throws<ExternalException>(() => loss.backward(create_graph: true));
    }

    [Fact]
    public void ThousandPasses_LeaveNoTensorAlive()
    {
        var before = 0L;
        for (var pass = 0; pass < 1000; pass++)
        {
            using (var scope = NewDisposeScope())
            {
                var x = ones(3).requires_grad_();
                HandWrittenFunction.Backward(HandWrittenFunction.Apply([x], inputs => new([inputs[0] * 2], gradients => [gradients[0] * 2]))[0].sum());
            }

            if (pass == 10)
            {
                before = Tensor.TotalCount;
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(Tensor.TotalCount <= before + 20, $"{Tensor.TotalCount} tensors are alive, {before} were after ten passes.");
    }

    private static Tensor Failing(Tensor x) => HandWrittenFunction.Apply([x], inputs => new([inputs[0] * 2], _ => throw new TimeoutException()))[0];
}

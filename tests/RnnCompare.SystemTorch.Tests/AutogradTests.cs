using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class AutogradTests
{
    [Fact]
    public void Backward_AccumulatesUntilTheGradientIsTakenAway()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 1, -2, 3 }, null, requires_grad: true);
        x.square().sum().backward();
        x.square().sum().backward();
        Assert.Equal([4, -8, 12], Values.Of(x.grad!));
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void RetainGrad_KeepsTheGradientOfAnInnerTensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 1, 2 }, null, requires_grad: true);
        Tensor inner = x * 3.0;
        Assert.False(inner.is_leaf);
        inner.retain_grad();
        inner.square().sum().backward();
        Assert.Equal([6, 12], Values.Of(inner.grad!));
    }

    [Fact]
    public void Backward_TakesAGradientForEachOutput()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 1, 2 }, null, requires_grad: true);
        x.square().backward([from_array(new double[] { 10, 100 })]);
        Assert.Equal([20, 400], Values.Of(x.grad!));
    }

    [Fact]
    public void Grad_OfAnUnusedInput_IsInvalidWhereThatIsAllowed()
    {
        using var scope = NewDisposeScope();
        Tensor used = from_array(new double[] { 1, 2 }, null, requires_grad: true);
        Tensor unused = from_array(new double[] { 1 }, null, requires_grad: true);
        IList<Tensor> gradients = autograd.grad([used.square().sum()], [unused, used], allow_unused: true);
        Assert.True(gradients[0].IsInvalid);
        Assert.Equal([2, 4], Values.Of(gradients[1]));
    }

    [Fact]
    public void Grad_CanBeDifferentiatedAgain()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 2, 3 }, null, requires_grad: true);
        IList<Tensor> first = autograd.grad([x.pow(3).sum()], [x], create_graph: true);
        IList<Tensor> second = autograd.grad([first[0].sum()], [x]);
        Assert.Equal([12, 18], Values.Of(second[0]));
    }

    [Fact]
    public void NoGrad_StopsRecordingUntilItEnds()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 1 }, null, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2.0).requires_grad);
            using (enable_grad()) Assert.True((x * 2.0).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2.0).requires_grad);
        Assert.False((x * 2.0).detach().requires_grad);
    }

    [Fact]
    public void DivisionOfANumber_CanBeDifferentiated()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 2, -4 }, null, requires_grad: true);
        Tensor quotient = 8.0 / x;
        quotient.sum().backward();
        Assert.Equal([4, -2], Values.Of(quotient.detach()));
        Assert.Equal([-2, -0.5], Values.Of(x.grad!));
    }

    [Fact]
    public void CrossEntropy_LeavesOutTheIgnoredIndex()
    {
        using var scope = NewDisposeScope();
        Tensor logits = from_array(new double[,] { { 1, 2, 3 }, { 9, 9, 9 }, { 0, 0, 0 } }, null, requires_grad: true);
        Tensor target = from_array(new long[] { 2, -1, 0 });
        double expected = -Math.Log(Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3))) + Math.Log(3);
        Tensor sum = nn.functional.cross_entropy(logits, target, ignore_index: -1, reduction: nn.Reduction.Sum);
        Assert.Equal(expected, sum.item<double>(), 1e-14);
        Assert.Equal(expected / 2, nn.functional.cross_entropy(logits, target, ignore_index: -1).item<double>(), 1e-14);
        sum.backward();
        Assert.Equal([0, 0, 0], Values.Of(logits.grad!)[3..6]);
    }
}

using System.Runtime.InteropServices;
using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class ErrorTests
{
    [Fact]
    public void OperatorErrors_CarryLibtorchsMessage()
    {
        using Tensor two = from_array(new double[2, 3]), other = from_array(new double[4, 5]);
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", MessageOf(() => two.mm(other)));
        Assert.StartsWith("shape '[7]' is invalid for input of size 6", MessageOf(() => two.view(7)));
        Assert.Contains("Dimension out of range", MessageOf(() => two.unbind(5)));
    }

    [Fact]
    public void UnknownOperators_AreNamed() =>
        Assert.Contains("aten::no_such_operator", MessageOf(() => new Operator("no_such_operator").Call()));

    [Fact]
    public void AutogradErrors_CarryLibtorchsMessage()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[] { 1, 2 }, null, requires_grad: true);
        Tensor unused = from_array(new double[] { 1 }, null, requires_grad: true);
        Tensor loss = x.square().sum();
        loss.backward();
        Assert.StartsWith("Trying to backward through the graph a second time", MessageOf(() => loss.backward()));
        Assert.StartsWith("grad can be implicitly created only for scalar outputs", MessageOf(() => x.square().backward()));
        Assert.StartsWith("One of the differentiated Tensors appears to not have been used",
            MessageOf(() => autograd.grad([x.sum()], [unused])));
        Assert.Contains("can't retain_grad on Tensor that has requires_grad=False", MessageOf(() => x.detach().retain_grad()));
        Assert.Contains("floating point", MessageOf(() => from_array(new long[] { 1 }, null, requires_grad: true)));
        Assert.Contains("a leaf Variable that requires grad", MessageOf(() => x.add_(1)));
    }

    [Fact]
    public void SettingsErrors_CarryLibtorchsMessage() =>
        Assert.Contains("Expected positive number of threads", MessageOf(() => set_num_threads(0)));

    [Fact]
    public void FailedCalls_LeaveNoTensorAlive()
    {
        long before = Values.LiveTensorsAfterCollection();
        for (int i = 0; i < 100; i++) OperatorErrors_CarryLibtorchsMessage();
        Assert.Equal(before, SystemLibrary.LiveTensors);
    }

    [Fact]
    public void DisposedTensors_AreRefused()
    {
        Tensor x = from_array(new double[] { 1 });
        using Tensor y = from_array(new double[] { 1 });
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => y + x);
        Assert.Throws<InvalidOperationException>(() => stack([y, x]));
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => autograd.grad([x], [y]));
    }

    private static string MessageOf(Action action) => Assert.Throws<ExternalException>(action).Message;
}

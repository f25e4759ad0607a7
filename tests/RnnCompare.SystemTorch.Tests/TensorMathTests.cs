using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class TensorMathTests
{
    private static readonly double[] Left = [6, -3, 0.5], Right = [2, 4, -8];

    [Fact]
    public void Operators_TakeTensorsAndEveryKindOfNumber()
    {
        using var scope = NewDisposeScope();
        Tensor left = from_array(Left), right = from_array(Right);
        Check(i => Left[i] + Right[i], left + right);
        Check(i => Left[i] - Right[i], left - right);
        Check(i => Left[i] * Right[i], left * right);
        Check(i => Left[i] / Right[i], left / right);
        Check(i => Left[i] + 2, left + 2, 2 + left, left + 2L, 2f + left, left + 2.0, (Scalar)2 + left);
        Check(i => Left[i] - 2, left - 2, left - 2L, left - 2f, left - 2.0, left - (Scalar)2);
        Check(i => 2 - Left[i], 2 - left, 2L - left, 2f - left, 2.0 - left, (Scalar)2 - left);
        Check(i => Left[i] * 2, left * 2, 2L * left, left * 2f, 2.0 * left, left * (Scalar)2);
        Check(i => Left[i] / 2, left / 2, left / 2L, left / 2f, left / 2.0, left / (Scalar)2);
        Check(i => 2 / Left[i], 2 / left, 2L / left, 2f / left, 2.0 / left, (Scalar)2 / left);
        Check(i => -Left[i], -left);
    }

    [Fact]
    public void Additions_ScaleTheSecondOperand()
    {
        using var scope = NewDisposeScope();
        Tensor left = from_array(Left), right = from_array(Right);
        Check(i => Left[i] + (0.5 * Right[i]), left.add(right, 0.5), left.clone().add_(right, 0.5));
        Check(i => Left[i] + 6, left.add(3, 2), left.clone().add_(3, 2), left.clone().add_(6));
        Check(i => Left[i] * Right[i], left.mul(right), left.clone().mul_(right));
        Check(i => Left[i] * 3, left.mul(3), left.clone().mul_(3));
    }

    [Fact]
    public void Functions_ActOnEveryElement()
    {
        using var scope = NewDisposeScope();
        Tensor left = from_array(Left);
        Check(i => Math.Tanh(Left[i]), left.tanh());
        Check(i => 1 / (1 + Math.Exp(-Left[i])), left.sigmoid());
        Check(i => Math.Max(0, Left[i]), left.relu());
        Check(i => Math.Exp(Left[i]), left.exp());
        Check(i => Math.Abs(Left[i]), left.abs());
        Check(i => Math.Sqrt(Math.Abs(Left[i])), left.abs().sqrt());
        Check(i => Math.Log(Math.Abs(Left[i])), left.abs().log());
        Check(i => Left[i] * Left[i], left.square(), left.pow(2), left.pow(from_array(new double[] { 2 })));
    }

    [Fact]
    public void Reductions_TakeAxesAndKeepThemOnRequest()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[,,] { { { 1, 2 } }, { { 3, 4 } }, { { 5, 6 } } });
        Assert.Equal(21, x.sum().item<double>());
        Assert.Equal([9, 12], Values.Of(x.sum(0L).view(2)));
        Assert.Equal([3, 1, 1], x.sum(2, keepdim: true).shape);
        Assert.Equal([3, 7, 11], Values.Of(x.sum(1, 2)));
        Assert.Equal(21, x.sum(0, 1, 2).item<double>());
        Assert.Equal([9, 12], Values.Of(x.sum([0, 1])));
        Assert.Equal(3.5, x.mean().item<double>());
        Assert.Equal([3, 4], Values.Of(x.mean([0, 1])));
        Assert.Equal(Math.Sqrt(91), x.norm().item<double>(), 1e-14);
        Assert.Equal([2, 4, 6], Values.Of(x.norm(2, p: float.PositiveInfinity).view(3)));
        (Tensor values, Tensor indexes) = x.max(0);
        Assert.Equal([5, 6], Values.Of(values.view(2)));
        Assert.Equal([2, 2], indexes.view(2).data<long>().ToArray());
        Assert.Equal(5, x.argmax().item<long>());
        Assert.Equal([1, 1, 1], x.argmax(2).view(3).data<long>().ToArray());
        Assert.Equal(6, x.max().item<double>());
        Assert.Equal(1, x.view(6).softmax(0).sum().item<double>(), 1e-15);
        Values.AssertClose(x.softmax(2).log(), x.log_softmax(2));
    }

    [Fact]
    public void Shapes_ChangeWithoutTheElements()
    {
        using var scope = NewDisposeScope();
        Tensor x = from_array(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([1, 4, 2, 5, 3, 6], Values.Of(x.t()));
        Assert.Equal([1, 4, 2, 5, 3, 6], Values.Of(x.transpose(0, 1).reshape(6)));
        Assert.Equal([2, 1, 3], x.unsqueeze(1).shape);
        Assert.Equal([2, 3], x.unsqueeze(1).squeeze().shape);
        Assert.Equal([2, 3], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([4, 5, 6], Values.Of(x.select(0, 1)));
        Assert.Equal([2, 3, 5, 6], Values.Of(x.narrow(1, 1, 2)));
        Assert.Equal([1, 3, 4, 6], Values.Of(x.slice(1, 0, 3, 2)));
        Assert.Equal([4, 5, 6, 1, 2, 3], Values.Of(x.index_select(0, from_array(new long[] { 1, 0 }))));
        Assert.Equal([3, 4], Values.Of(x.gather(1, from_array(new long[,] { { 2 }, { 0 } }))));
        Assert.Equal(3, x.unbind(1).Length);
        Assert.Equal([[1, 2, 4, 5], [3, 6]], x.chunk(2, 1).Select(Values.Of));
        Assert.Equal([[1, 4], [2, 3, 5, 6]], x.split([1, 2], 1).Select(Values.Of));
        Assert.Equal([[1, 2, 3], [4, 5, 6]], x.split(1L).Select(Values.Of));
        Assert.Equal([[1, 4], [2, 5], [3, 6]], x.split(1, 1).Select(Values.Of));
        Assert.Equal([4, 3], cat([x, x]).shape);
        Assert.Equal([2, 6], cat(new List<Tensor> { x, x }, 1).shape);
        Assert.Equal([2, 3, 2], stack([x, x], 2).shape);
        Assert.Equal([1, 2, 3, 4], x.new_zeros(1, 2, 3, 4).shape);
        Assert.Equal(ScalarType.Int64, x.new_zeros([5], int64).dtype);
        Assert.Equal([2, 3], zeros_like(x, float32).shape);
    }

    [Fact]
    public void Products_FollowTheirShapes()
    {
        using var scope = NewDisposeScope();
        Tensor row = from_array(new double[,] { { 1, 2 } }), matrix = from_array(new double[,] { { 3, 4, 5 }, { 6, 7, 8 } });
        Tensor bias = from_array(new double[] { 100, 200, 300 });
        Assert.Equal([15, 18, 21], Values.Of(row.mm(matrix)));
        Assert.Equal([15, 18, 21], Values.Of(row.matmul(matrix)));
        Assert.Equal([80, 136, 192], Values.Of(bias.addmm(row, matrix, beta: 0.5f, alpha: 2)));
        Assert.Equal([115, 218, 321], Values.Of(nn.functional.linear(row, matrix.t(), bias)));
    }

    [Fact]
    public void Masks_ChooseElements()
    {
        using var scope = NewDisposeScope();
        Tensor left = from_array(Left), right = from_array(Right), mask = left == 6;
        Assert.Equal([true, false, false], mask.data<bool>().ToArray());
        Assert.Equal([false, true, true], (left != 6).data<bool>().ToArray());
        Assert.Equal([6, 4, -8], Values.Of(left.where(mask, right)));
        Assert.Equal([0, -3, 0.5], Values.Of(left.masked_fill(mask, 0)));
        Assert.Equal([6, 4, 0.5], Values.Of(left.max(right)));
        Assert.True(left.Equals(from_array(Left)));
        Assert.False(left.Equals(right));
    }

    private static void Check(Func<int, double> expected, params Tensor[] tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            double[] values = Values.Of(tensor);
            Assert.Equal(Left.Length, values.Length);
            for (int i = 0; i < values.Length; i++) Assert.Equal(expected(i), values[i], 1e-15 * Math.Abs(expected(i)));
        }
    }
}

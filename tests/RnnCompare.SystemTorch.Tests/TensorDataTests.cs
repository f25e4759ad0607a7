using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class TensorDataTests
{
    [Fact]
    public void FromArray_SharesTheArraysMemory()
    {
        var array = new double[,] { { 1, 2, 3 } };
        using Tensor tensor = from_array(array);
        array[0, 1] = -5;
        Assert.Equal([1, -5, 3], Values.Of(tensor));
        Assert.Equal([1, 3], tensor.shape);
        tensor.fill_(7);
        Assert.Equal(7, array[0, 2]);
    }

    [Fact]
    public void FromArray_WithAnotherType_Copies()
    {
        var array = new float[] { 1.5f, -2 };
        using Tensor tensor = from_array(array, float64, requires_grad: true);
        array[0] = 9;
        Assert.Equal(ScalarType.Float64, tensor.dtype);
        Assert.True(tensor.requires_grad);
        Assert.Equal([1.5, -2], Values.Of(tensor.detach()));
    }

    [Theory]
    [InlineData(typeof(float), ScalarType.Float32)]
    [InlineData(typeof(double), ScalarType.Float64)]
    [InlineData(typeof(long), ScalarType.Int64)]
    [InlineData(typeof(int), ScalarType.Int32)]
    [InlineData(typeof(bool), ScalarType.Bool)]
    public void FromArray_KeepsTheElementType(Type element, ScalarType expected)
    {
        using Tensor tensor = from_array(Array.CreateInstance(element, 2, 1));
        Assert.Equal(expected, tensor.dtype);
        Assert.Equal(2, tensor.numel());
    }

    [Fact]
    public void FromArray_LetsTheArrayGoWithTheLastTensorOverIt()
    {
        WeakReference array = ArrayOfADisposedTensor();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(array.IsAlive);
    }

    [Fact]
    public void FromArray_RefusesElementsThatNoTensorHas() => Assert.Throws<NotSupportedException>(() => from_array(new decimal[1]));

    [Fact]
    public void Data_OfAView_IsInRowMajorOrder()
    {
        using Tensor matrix = from_array(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        using Tensor transposed = matrix.t();
        Assert.False(transposed.is_contiguous());
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.data<long>().ToArray());

        transposed.data<long>().CopyFrom([10, 40, 20, 50]);
        Assert.Equal([10, 20, 3, 40, 50, 6], matrix.data<long>().ToArray());

        var part = new long[4];
        transposed.data<long>().CopyTo(part.AsSpan(), arrayIndex: 1, tensorIndex: 4);
        Assert.Equal([0, 3, 6, 0], part);
    }

    [Fact]
    public void Data_OfAnotherType_IsRefused()
    {
        using Tensor tensor = from_array(new float[] { 1 });
        Assert.Throws<ArgumentException>(() => tensor.data<double>());
        Assert.Equal(1f, tensor.item<float>());
    }

    [Fact]
    public void Item_NeedsExactlyOneElement()
    {
        using Tensor tensor = from_array(new double[] { 1, 2 });
        Assert.Throws<ArgumentException>(() => tensor.item<double>());
        using Tensor sum = tensor.sum();
        Assert.Equal(3, sum.item<double>());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ArrayOfADisposedTensor()
    {
        var array = new double[3];
        using Tensor tensor = from_array(array);
        using Tensor view = tensor.narrow(0, 1, 2);
        return new WeakReference(array);
    }
}

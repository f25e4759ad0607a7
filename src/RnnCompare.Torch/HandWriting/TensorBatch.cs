using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Numerics;
using static TorchSharp.torch;

namespace RnnCompare.Torch.HandWriting;

/// <summary>Tensors of a graph as the arrays of a batch.</summary>
internal static class TensorBatch
{
    /// <summary>The inputs of a network: vectors (T, B, I), or 64-bit tokens (T, B).</summary>
    /// <exception cref="ArgumentException">The element type is another.</exception>
    public static SequenceInputs<T> Inputs<T>(Tensor x)
        where T : unmanaged, INumber<T>
    {
        return x.dtype == ScalarType.Int64 ? new(TorchArrays.ToNdArray<long>(x, Shape(x))) : new(Values<T>("x", x));
    }

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="ArgumentException">The element type is another.</exception>
    public static NdArray<T> Values<T>(string name, Tensor tensor)
        where T : unmanaged, INumber<T>
    {
        return tensor.dtype == TorchArrays.Precision<T>()
            ? TorchArrays.ToNdArray<T>(tensor, Shape(tensor))
            : throw new ArgumentException($"{name} is {tensor.dtype}, but the hand-written network computes in {TorchArrays.Precision<T>()}.", nameof(tensor));
    }

    private static int[] Shape(Tensor tensor) => [.. tensor.shape.Select(length => (int)length)];
}

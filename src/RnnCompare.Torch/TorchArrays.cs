using System.Numerics;
using RnnCompare.Numerics;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>Arrays to tensors and back.</summary>
internal static class TorchArrays
{
    /// <summary>A tensor with a copy of the array.</summary>
    public static Tensor ToTensor<T>(NdArray<T> array)
        where T : unmanaged
    {
        // from_array may share the memory of a managed array; the clone makes sure that it does not.
        using var flat = from_array(array.Data);
        using var shaped = flat.view([.. array.Shape.ToArray().Select(length => (long)length)]);
        return shaped.clone();
    }

    /// <summary>A copy of a tensor's values in row-major order.</summary>
    public static T[] ToArray<T>(Tensor tensor)
        where T : unmanaged
    {
        using var detached = tensor.detach();

        // One axis: TorchSharp copies that as memory, and more of them element by element.
        using var values = detached.reshape(-1);
        return values.data<T>().ToArray();
    }

    /// <summary>A copy of a tensor as an array of a known shape.</summary>
    public static NdArray<T> ToNdArray<T>(Tensor tensor, params int[] shape)
        where T : unmanaged
    {
        return new(ToArray<T>(tensor), shape);
    }

    /// <summary>The element type of a precision.</summary>
    /// <exception cref="NotSupportedException">Neither float nor double.</exception>
    public static ScalarType Precision<T>()
    {
        return typeof(T) == typeof(double) ? ScalarType.Float64
            : typeof(T) == typeof(float) ? ScalarType.Float32
            : throw new NotSupportedException($"{typeof(T).Name} is not a precision of the TorchSharp engines; there are Single and Double.");
    }

    /// <summary>The value of a scalar tensor.</summary>
    public static double ToDouble<T>(Tensor scalar)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return double.CreateChecked(scalar.item<T>());
    }
}

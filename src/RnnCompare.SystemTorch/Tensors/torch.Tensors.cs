using System.Runtime.InteropServices;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

/// <summary>The part of TorchSharp's API that the project uses, with its signatures and defaults, over the operating system's libtorch.</summary>
public static partial class torch
{
    /// <summary>
    /// A tensor of the array's shape and element type over the array's own memory: a later change of the array changes the tensor.
    /// </summary>
    /// <remarks>The array stays pinned until the last tensor over it is gone.</remarks>
    /// <exception cref="NotSupportedException">No tensor has elements of this type.</exception>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>The same with another element type (then the memory is a copy); names of dimensions are not kept.</summary>
    /// <param name="rawArray">An array of any rank.</param>
    /// <param name="dtype">The element type; null means the array's.</param>
    /// <param name="device">Without effect: there is one device.</param>
    /// <param name="requires_grad">Whether autograd records what is computed from the tensor.</param>
    /// <param name="names">Without effect.</param>
    /// <exception cref="NotSupportedException">No tensor has elements of the array's type.</exception>
    public static unsafe Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ScalarType elementType = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        var sizes = new long[rawArray.Rank];
        for (int axis = 0; axis < sizes.Length; axis++) sizes[axis] = rawArray.GetLength(axis);

        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint tensor;
        fixed (long* size = sizes)
        {
            tensor = NativeMethods.tensor_over(
                (void*)pin.AddrOfPinnedObject(), size, sizes.Length, (int)elementType, GCHandle.ToIntPtr(pin), &Unpin);
        }

        if (tensor == 0) NativeError.Throw();
        var shared = new Tensor(new TensorHandle(tensor));
        Tensor result = dtype is { } other && other != elementType ? shared.to_type(other, disposeAfter: true) : shared;
        return result.requires_grad_(requires_grad);
    }

    /// <summary>Zeros of the shape of <paramref name="input"/>, outside of the record.</summary>
    /// <param name="input">The tensor that gives the shape.</param>
    /// <param name="dtype">The element type; null means the input's.</param>
    /// <param name="device">Without effect: there is one device.</param>
    /// <param name="requires_grad">Whether autograd records what is computed from the zeros.</param>
    /// <param name="names">Without effect.</param>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Aten.zeros_like.Call(input, dtype, default, default, default, default).requires_grad_(requires_grad);

    /// <summary>A copy of the tensors one after the other along an axis that they have; all other axes must agree.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.cat.Call(tensors, dim);

    /// <inheritdoc cref="cat(Tensor[], long)"/>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    /// <inheritdoc cref="cat(Tensor[], long)"/>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    /// <summary>A copy of tensors of one shape, one after the other along a new axis in front of axis <paramref name="dim"/>.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.stack.Call(tensors.ToArray(), dim);

    [UnmanagedCallersOnly]
    private static void Unpin(nint array) => GCHandle.FromIntPtr(array).Free();
}

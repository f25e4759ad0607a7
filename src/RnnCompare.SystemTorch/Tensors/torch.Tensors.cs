using System.Runtime.InteropServices;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of the array's shape and element type over the array's own memory: a later change of the array changes the tensor.
    /// </summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>The same with another element type (then the memory is a copy); names of dimensions are not kept.</summary>
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

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Aten.zeros_like.Call(input, dtype, default, default, default, default).requires_grad_(requires_grad);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.cat.Call(tensors, dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.stack.Call(tensors.ToArray(), dim);

    [UnmanagedCallersOnly]
    private static void Unpin(nint array) => GCHandle.FromIntPtr(array).Free();
}

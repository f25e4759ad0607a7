using System.Runtime.InteropServices;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>The entries of native/*.cpp. Failure is told by the return value; <see cref="NativeError"/> turns it into an exception.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "rnncompare_torch";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint operator_find(string name, string overload);

    [LibraryImport(Library)]
    public static partial int operator_call(nint op, Value* arguments, int count, Value* results, int capacity);

    [LibraryImport(Library)]
    public static partial nint tensor_over(
        void* data, long* sizes, long dimensions, int scalarType, nint context, delegate* unmanaged<nint, void> release);

    [LibraryImport(Library)]
    public static partial void tensor_release(nint tensor);

    [LibraryImport(Library)]
    public static partial nint tensor_alias(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int tensor_info(TensorHandle tensor, TensorInfo* info);

    [LibraryImport(Library)]
    public static partial nint tensor_grad(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int tensor_set_grad(TensorHandle tensor, TensorHandle grad);

    [LibraryImport(Library)]
    public static partial int autograd_backward(
        nint* tensors, nint* grads, long count, int retainGraph, int createGraph, nint* inputs, long inputCount);

    [LibraryImport(Library)]
    public static partial int autograd_grad(
        nint* outputs, nint* grads, long count, nint* inputs, long inputCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    public static partial byte* last_error();

    [LibraryImport(Library)]
    public static partial long live_tensor_count();

    [LibraryImport(Library)]
    public static partial int grad_mode_get();

    [LibraryImport(Library)]
    public static partial void grad_mode_set(int enabled);

    [LibraryImport(Library)]
    public static partial int threads_get();

    [LibraryImport(Library)]
    public static partial int threads_set(int count);

    [LibraryImport(Library)]
    public static partial int seed_set(long seed);

    [LibraryImport(Library)]
    public static partial byte* library_configuration();

    [LibraryImport(Library)]
    public static partial byte* parallel_information();
}

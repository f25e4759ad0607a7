using System.Runtime.InteropServices;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>One counted reference to a native tensor; zero stands for libtorch's undefined tensor.</summary>
internal sealed class TensorHandle : SafeHandle
{
    public static readonly TensorHandle Undefined = new(0);

    public TensorHandle(nint tensor) : base(0, ownsHandle: true) => SetHandle(tensor);

    public override bool IsInvalid => handle == 0;

    /// <summary>The native pointer, valid until as many calls of <see cref="SafeHandle.DangerousRelease"/>.</summary>
    public nint Hold()
    {
        bool held = false;
        DangerousAddRef(ref held);
        return handle;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.tensor_release(handle);
        return true;
    }
}

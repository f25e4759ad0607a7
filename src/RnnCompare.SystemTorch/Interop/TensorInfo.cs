using System.Runtime.InteropServices;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>Metadata of a native tensor; its pointers hold while the tensor lives and keeps its size.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    public long* Sizes;
    public long* Strides;
    public void* Data;
    public long Dimensions;
    public long Elements;
    public int ScalarType;
    public int RequiresGrad;

    public readonly bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (long axis = Dimensions - 1; axis >= 0; axis--)
            {
                if (Sizes[axis] != 1 && Strides[axis] != expected) return false;
                expected *= Sizes[axis];
            }

            return true;
        }
    }
}

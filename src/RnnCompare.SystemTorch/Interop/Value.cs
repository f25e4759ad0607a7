using System.Runtime.InteropServices;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>What a <see cref="Value"/> holds; the order is that of the native enum.</summary>
internal enum ValueKind : long
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    IntegerList,
    TensorList,
}

/// <summary>One argument or result of an operator as it crosses to the native side.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    public ValueKind Kind;

    /// <summary>An integer, the bits of a double, a tensor or the address of a list's first item.</summary>
    public long Bits;

    /// <summary>The number of items of a list.</summary>
    public long Length;
}

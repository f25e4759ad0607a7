using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>Turns a failed native entry into the exception that TorchSharp throws, with libtorch's message.</summary>
internal static unsafe class NativeError
{
    public static void ThrowIfNegative(int status)
    {
        if (status < 0) Throw();
    }

    [DoesNotReturn]
#pragma warning disable CA2201 // The type is part of TorchSharp's behaviour.
    public static void Throw() =>
        throw new ExternalException(Marshal.PtrToStringUTF8((nint)NativeMethods.last_error()));
#pragma warning restore CA2201
}

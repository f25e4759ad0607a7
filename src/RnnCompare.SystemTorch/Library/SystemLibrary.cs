using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RnnCompare.SystemTorch.Interop;

namespace RnnCompare.SystemTorch;

/// <summary>What the loaded libtorch says of itself. TorchSharp has no such questions: ask them only where this provider is in use.</summary>
public static unsafe partial class SystemLibrary
{
    /// <summary>How libtorch was built: compiler, instruction sets, BLAS, version.</summary>
    public static string Configuration { get; } = Text(NativeMethods.library_configuration());

    /// <summary>The version of the library that is loaded, not of the headers that the shim was compiled with.</summary>
    public static string Version { get; } = VersionSetting().Match(Configuration).Groups[1].Value;

    /// <summary>The loaded BLAS with its threading, as it describes itself; "unknown" where it is not OpenBLAS.</summary>
    public static string Blas { get; } = DescribeBlas();

    /// <summary>Thread counts of libtorch, OpenMP and BLAS as they are now.</summary>
    public static string ParallelInfo => Text(NativeMethods.parallel_information());

    /// <summary>The number of native tensors that managed code refers to, over all threads.</summary>
    public static long LiveTensors => NativeMethods.live_tensor_count();

    private static string DescribeBlas()
    {
        nint library = NativeLibrary.Load(NativeMethods.Library, typeof(SystemLibrary).Assembly, null);
        return NativeLibrary.TryGetExport(library, "openblas_get_config", out nint describe)
            ? Text(((delegate* unmanaged<byte*>)describe)()).Trim()
            : "unknown";
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text)!;

    [GeneratedRegex(@"TORCH_VERSION=([\w.+]+)")]
    private static partial Regex VersionSetting();
}

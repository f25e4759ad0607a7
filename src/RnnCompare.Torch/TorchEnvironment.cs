using System.Diagnostics;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>What the engines over TorchSharp run on; a report names it beside every figure.</summary>
/// <param name="Provider">Where TorchSharp comes from: <c>nuget</c> or <c>system</c>.</param>
/// <param name="LibTorchVersion">The version of the loaded libtorch.</param>
/// <param name="Library">The file that was loaded.</param>
/// <param name="Blas">The library under its matrix products.</param>
/// <param name="Threads">The threads that libtorch uses inside an operator.</param>
public sealed record TorchEnvironment(string Provider, string LibTorchVersion, string Library, string Blas, int Threads)
{
    /// <summary>Asks the loaded library.</summary>
    public static TorchEnvironment Current()
    {
        // The first call into the library loads it, which the list of modules below needs.
        var threads = get_num_threads();
        using var process = Process.GetCurrentProcess();
        var library = process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).Contains("torch_cpu", StringComparison.Ordinal));
#if TORCH_SYSTEM
        return new("system", SystemTorch.SystemLibrary.Version, library ?? "unknown", SystemTorch.SystemLibrary.Blas, threads);
#else
        // TorchSharp cannot ask libtorch for its version or its BLAS; the package pins both.
        return new("nuget", $"{__version__}, as TorchSharp declares", library ?? "unknown", "as packaged with libtorch", threads);
#endif
    }

    /// <summary>Sets the threads that libtorch uses inside an operator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static void SetThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
    }
}

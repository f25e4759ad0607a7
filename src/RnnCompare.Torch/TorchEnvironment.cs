using System.Reflection;
using System.Text.Json;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>What the engines over TorchSharp run on; a report names it beside every figure.</summary>
/// <param name="TorchSharpVersion">The version of the package TorchSharp.</param>
/// <param name="LibTorchVersion">The version of the package of libtorch that the program was built with.</param>
/// <param name="Threads">The threads that libtorch uses inside an operator.</param>
public sealed record TorchEnvironment(string TorchSharpVersion, string LibTorchVersion, int Threads)
{
    /// <summary>The environment variables that choose other kernels or threads in libtorch, oneDNN, MKL and OpenBLAS begin so.</summary>
    private static readonly string[] Prefixes = ["ATEN_", "DNNL_", "GOMP_", "KMP_", "MKL_", "OMP_", "ONEDNN_", "OPENBLAS_"];

    /// <summary>The environment variables that are set and choose kernels or threads, as <c>NAME=value</c>, sorted.</summary>
    public static IReadOnlyList<string> KernelVariables { get; } =
    [
        .. Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"),
    ];

    /// <summary>Asks the loaded library.</summary>
    /// <exception cref="TorchUnavailableException">It cannot be loaded.</exception>
    public static TorchEnvironment Current()
    {
        TorchLibrary.Require();
        var declared = typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return new(declared ?? "unknown", PackageVersion("libtorch-") ?? "unknown", get_num_threads());
    }

    /// <summary>Sets the threads that libtorch uses inside an operator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static void SetThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
    }

    // torch.__version__ is a constant of TorchSharp; what the program was built with stands in its .deps.json.
    private static string? PackageVersion(string prefix)
    {
        var files = ((AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string) ?? "").Split(Path.PathSeparator, ';');
        foreach (var file in files.Where(File.Exists))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var libraries = document.RootElement.TryGetProperty("libraries", out var found) ? found.EnumerateObject().Select(library => library.Name) : [];
            if (libraries.FirstOrDefault(name => name.StartsWith(prefix, StringComparison.Ordinal)) is { } package)
            {
                return package.Split('/')[1];
            }
        }

        return null;
    }
}

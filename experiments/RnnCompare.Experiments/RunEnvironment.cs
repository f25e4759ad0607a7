using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RnnCompare.Torch;

namespace RnnCompare.Experiments;

/// <summary>What figures were measured on; a report names it beside them.</summary>
/// <param name="Processor">The processor and its number of logical cores.</param>
/// <param name="VectorInstructions">The vector instructions that it has and the runtime uses.</param>
/// <param name="Runtime">The .NET runtime and the operating system.</param>
/// <param name="Torch">What the TorchSharp engines run on; null where none is in the run, or its library cannot be loaded.</param>
public sealed record RunEnvironment(string Processor, string VectorInstructions, string Runtime, TorchEnvironment? Torch)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>Asks the machine.</summary>
    /// <param name="withTorch">Whether libtorch is loaded and asked as well, where it can be loaded.</param>
    public static RunEnvironment Current(bool withTorch)
    {
        return new(
            $"{ProcessorName()}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} logical cores",
            string.Join(", ", Instructions()),
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}",
            withTorch && TorchLibrary.IsAvailable ? TorchEnvironment.Current() : null);
    }

    private static string ProcessorName()
    {
        var line = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "processor of unknown name";
    }

    private static IEnumerable<string> Instructions()
    {
        (string Name, bool IsSupported)[] known =
        [
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AVX-512BW", Avx512BW.IsSupported),
            ("AVX-512DQ", Avx512DQ.IsSupported),
            ("AdvSIMD", AdvSimd.IsSupported),
        ];
        return known.Where(pair => pair.IsSupported).Select(pair => pair.Name).DefaultIfEmpty("none that this program asks for");
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.Verify;

/// <summary>An environment variable that makes libtorch take other kernels, and whether it mends what is wrong.</summary>
/// <param name="Variable"><c>NAME=value</c>.</param>
/// <param name="Mends">Whether nothing is wrong under it; null where it could not be tried.</param>
public sealed record Remedy(string Variable, bool? Mends);

/// <summary>Tries environment variables in child processes: libtorch reads them once, when it is loaded.</summary>
public static class Remedies
{
    private static readonly (string Name, string Value)[] Variables =
    [
        ("ONEDNN_MAX_CPU_ISA", "AVX2"),
        ("ATEN_CPU_CAPABILITY", "avx2"),
        ("MKL_ENABLE_INSTRUCTIONS", "AVX2"),
    ];

    /// <summary>Verifies the cells that are wrong again, once with each variable.</summary>
    /// <param name="wrong">What is wrong.</param>
    /// <param name="trying">Called before each child process.</param>
    /// <param name="cancellation">Ends the child process and the search.</param>
    public static IReadOnlyList<Remedy> Try(IReadOnlyList<LayerFinding> wrong, Action<string> trying, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(trying);
        var cells = string.Join(',', wrong.Select(finding => finding.Case.Cell.Name).Distinct());
        var precisions = string.Join(',', wrong.Select(finding => finding.Case.Precision).Distinct().Select(precision => precision.Name()));
        string[] arguments = ["verify", "--cells", cells, "--precisions", precisions, "--first", "--no-remedies", "--json"];
        return [.. Variables.Select(Run)];

        Remedy Run((string Name, string Value) variable)
        {
            var words = $"{variable.Name}={variable.Value}";
            trying(words);
            return new(words, IsRight(variable, arguments, cancellation));
        }
    }

    private static bool? IsRight((string Name, string Value) variable, string[] arguments, CancellationToken cancellation)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? [Path.Combine(AppContext.BaseDirectory, "RnnCompare.Cli.dll"), .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable.Name] = variable.Value;
        using var child = Process.Start(start)!;
        using var end = cancellation.Register(child.Kill);
        child.ErrorDataReceived += (_, _) => { };
        child.BeginErrorReadLine();
        var text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return child.ExitCode is 0 or 1 ? (string?)JsonNode.Parse(text)?["verdict"] == VerifyResult.Right : null;
    }
}

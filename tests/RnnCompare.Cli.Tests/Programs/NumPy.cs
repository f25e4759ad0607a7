using System.Diagnostics;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>Debian's Python with its NumPy.</summary>
internal static class NumPy
{
    /// <summary>What a test says that is left out for want of it.</summary>
    public const string Missing = "Python or NumPy is missing: apt-get install python3-numpy";

    /// <summary>What a test says that is left out for want of PyTorch, which is too large to be installed by the tests.</summary>
    public const string TorchMissing = "PyTorch is missing: apt-get install python3-torch";

    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> Found = new(() => File.Exists(Python) && Run("-c", "import numpy").Code == 0);

    private static readonly Lazy<bool> TorchFound = new(() => IsThere && Run("-c", "import torch").Code == 0);

    public static bool IsThere => Found.Value;

    public static bool TorchIsThere => TorchFound.Value;

    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

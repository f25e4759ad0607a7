using System.Diagnostics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>The NumPy programs still save what the files beside them hold.</summary>
public sealed class ProgramsTests : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's, for which its packages are
    private const double Rounding = 1e-11;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs");
    private readonly string _output = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public static TheoryData<string> All() => [.. Directory.GetFiles(Path.Combine(Folder, "numpy"), "*.py").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public void Program_SavesWhatIsTested(string program)
    {
        Assert.SkipUnless(HasNumPy.Value, "Python or NumPy is missing: apt-get install python3-numpy");
        var path = Path.Combine(_output, program + ".npz");
        Assert.Equal(0, Run(Path.Combine(Folder, "numpy", program + ".py"), path));
        var (written, saved) = (ArrayFile.Read(path), ArrayFile.Read(Path.Combine(Folder, "saved", program + ".npz")));
        Assert.Equal(saved.Names, written.Names);
        foreach (var name in saved.Names)
        {
            var (expected, actual) = (saved.Get<double>(name), written.Get<double>(name));
            Assert.Equal(expected.ShapeText, actual.ShapeText);
            var limit = saved.Any(entry => entry.Value.ElementType == ElementType.Float32) ? 1e-4 : Rounding;
            Assert.All(expected.Data.Zip(actual.Data), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= limit * Math.Max(1, Math.Abs(pair.First)), $"{program}: {name}"));
        }
    }

    public void Dispose() => Directory.Delete(_output, recursive: true);

    private static Lazy<bool> HasNumPy { get; } = new(() => File.Exists(Python) && Run("-c", "import numpy") == 0);

    private static int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error.Wait();
        return process.ExitCode;
    }
}

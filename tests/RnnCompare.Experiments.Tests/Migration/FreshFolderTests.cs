using System.Diagnostics;
using RnnCompare.Cells;
using RnnCompare.Experiments.Migration;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Experiments.Tests.Migration;

/// <summary>A migrated project in the hands of its owner: built in a folder of its own, without a warning, and tested there.</summary>
public sealed class FreshFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Project_BuildsWithoutWarnings_AndItsTestsPass()
    {
        var (file, project) = (_folder.At("network.npz"), _folder.At("Fresh"));
        SavedNetwork.Write<float>(
            file,
            ConventionTable.Keras,
            new() { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 3, Layers = 2, Bidirectional = true },
            lengths: true);
        Migrator.Write(Migrator.Examine(Migrator.Map(file, new() { Name = "Fresh" })), project);

        // Links in place of copies of libtorch; the owner's own build copies.
        var output = Run(project, "test", "-p:TreatWarningsAsErrors=true", "-p:CreateHardLinksForCopyLocalIfPossible=true");

        Assert.Contains("succeeded: 4", output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
    }

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What a test runner tells its own processes is none of the project's business.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_CLI_TEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var text = output + error.Result;
        Assert.True(process.ExitCode == 0, text);
        return text;
    }
}

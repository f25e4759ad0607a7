using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Cli.Tests;

public sealed class MigrateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void DryRun_ShowsTheMappingAndWritesNothing()
    {
        var run = CommandRun.Of("migrate", Prototype(isWrong: true), "--dry-run");

        Assert.Equal(0, run.Code);
        Assert.Contains("rnn.weight_hh_l0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("disagrees", run.Output, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void WrongPrototype_IsNamedAndNotMigrated()
    {
        var run = CommandRun.Of("migrate", Prototype(isWrong: true), "-o", Path.Combine(_folder, "Out"));

        Assert.Equal(1, run.Code);
        Assert.Contains("1 of", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", run.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(_folder, "Out")));
    }

    [Fact]
    public void BadOptions_AreRefusedInOneLine()
    {
        var file = Prototype(isWrong: false);
        CommandRun.Of("migrate", file).RequireRefusal("--output is missing");
        CommandRun.Of("migrate", file, "-o", _folder).RequireRefusal("is not empty");
        CommandRun.Of("migrate", file, "-o", Path.Combine(_folder, "Out"), "--name", "Training").RequireRefusal("--name is 'Training'");
        CommandRun.Of("migrate", file, "-o", Path.Combine(_folder, "Out"), "--set", "hiddenSize=3").RequireRefusal("hiddenSize says nothing about an update");
        CommandRun.Of("convert", file, Path.Combine(_folder, "a.bin")).RequireRefusal("expected .npz, .safetensors or .dat");
    }

    [Fact]
    public void Convert_WritesPyTorchsNames()
    {
        var target = Path.Combine(_folder, "a.dat");
        var run = CommandRun.Of("convert", Prototype(isWrong: false), target, "--to", "pytorch");

        Assert.Equal((0, $"{target}: 6 arrays in the convention pytorch.\n"), (run.Code, run.Output.ReplaceLineEndings("\n")));
        Assert.Contains("weight_hh_l0", ArrayFile.Read(target).Names);
    }

    private string Prototype(bool isWrong)
    {
        var path = Path.Combine(_folder, "network.npz");
        ArrayFile.Write(path, SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh"), isWrong ? result => result.Weights.Whh.Span.Clear() : null));
        return path;
    }
}

using RnnCompare.Cli.Commands;
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
    public void ACellOfOnesOwn_IsMigratedByItsEquations()
    {
        var (cell, file, project) = (Path.Combine(_folder, "own.cell"), Path.Combine(_folder, "own.npz"), Path.Combine(_folder, "Out"));
        File.WriteAllText(cell, "cell own\nstate h\nf = sigmoid(x·Wf + h·Uf)\nh' = f ⊙ h + (1 - f) ⊙ tanh(x·W)\n");
        Assert.Equal(ExitCodes.Success, CommandRun.Of("probe", "--equations", cell, "--output", file, "--sizes", "4,3,4,5,2").Code);
        var (probe, weights) = (ArrayFile.Read(file), new NamedArrays());
        foreach (var name in new[] { "Wf", "Uf", "W", "Why", "by" })
        {
            weights.Add(name, probe.Get<double>(name));
        }

        ArrayFile.Write(file, weights);
        var run = CommandRun.Of("migrate", file, "--equations", cell, "-o", project);

        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.Contains("rnn.l0.Uf", run.Output, StringComparison.Ordinal);
        Assert.Contains("var f = (x.mm(Wf) + h.mm(Uf)).sigmoid();", File.ReadAllText(Path.Combine(project, "Model.cs")), StringComparison.Ordinal);
        CommandRun.Of("migrate", file, "--equations", cell, "--cell", "gru", "--dry-run").RequireRefusal("say already what the cell and its arrays are");
        CommandRun.Of("migrate", file, "--dry-run").RequireRefusal(file);
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
        foreach (var name in new[] { "Training", "class", "Tensor", "a b", "" })
        {
            CommandRun.Of("migrate", file, "-o", Path.Combine(_folder, "Out"), "--name", name).RequireRefusal($"--name is '{name}'");
        }

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

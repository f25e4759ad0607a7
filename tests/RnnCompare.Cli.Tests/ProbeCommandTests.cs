using RnnCompare.Cli.Commands;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Tests;

public sealed class ProbeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData("--cell tanh --convention row")]
    [InlineData("--cell lstm --convention pytorch --layers 2")]
    [InlineData("--cell gru --gru-reset before --loss squared-error --outputs last-step")]
    [InlineData("--cell relu --precision float32 --lengths")]
    public void Probe_WritesAFileThatACheckCanRead(string options)
    {
        var path = Path.Combine(_folder, "probe.npz");
        var run = CommandRun.Of(["probe", .. options.Split(' '), "--sizes", "6,3,4,7,5", "--output", path]);
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        var arrays = ArrayFile.Read(path);
        Assert.Equal(options.Contains("float32", StringComparison.Ordinal) ? ElementType.Float32 : ElementType.Float64, arrays["x"].ElementType);
        Assert.Equal(options.Contains("--lengths", StringComparison.Ordinal), arrays.TryGet("lengths", out _));
        CommandRun.Of("check", path).RequireRefusal("there is nothing to check; expected gradients such as d");
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Probe_HidesNothingAndTellsAllApartThatDiffer(string cell)
    {
        var run = CommandRun.Of("probe", "--cell", cell, "--lengths", "--output", Path.Combine(_folder, "probe.npz"));
        var complaints = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1);

        // Some are one mistake under two names: nothing is carried where the carry is read before it is written, or cut after no step.
        string[] same = ["carry-dropped from delta-same-step.", "carry-dropped from truncated-at-k.", "delta-same-step from truncated-at-k.", "cell-carry-dropped from cell-gradient-assigned."];
        Assert.All(complaints, line => Assert.Contains(same, pair => line.EndsWith(pair, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--sizes 6,3,4,7", "--sizes: sizes are 6,3,4,7, expected T,B,I,H,O, five whole numbers of at least 1.")]
    [InlineData("--sizes 6,3,4,7,1", "--sizes: O is 1, but cross-entropy needs at least 2 classes")]
    [InlineData("--precision double", "--precision is double, expected float32 or float64.")]
    [InlineData("--layers 0", "--layers is 0, but must be a whole number of at least 1.")]
    [InlineData("--cell mlp", "--cell: cell is 'mlp', expected tanh or relu or")]
    public void Probe_RefusesOptionsInOneLine(string options, string message)
    {
        var path = Path.Combine(_folder, "probe.npz");
        CommandRun.Of(["probe", .. options.Split(' '), "--output", path]).RequireRefusal(message);
        Assert.False(File.Exists(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using RnnCompare.Cli.Commands;
using RnnCompare.Engines;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Tests;

/// <summary>The arrays of a course whose sequences have time on their last axis, and whose gradients start from a given adjoint of every state.</summary>
public sealed class DocumentCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData(null)]
    [InlineData("""{"batch_first": false}""")]
    [InlineData("""{"convention": "uwv", "batch_first": false}""")]
    public void Check_TakesTimeLastArraysWithAGivenAdjoint(string? meta)
    {
        var run = CommandRun.Of("check", Write(meta));

        Assert.True(run.Code == ExitCodes.Success, run.Output + run.Error);
        Assert.Contains(" agrees: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FindsWhatIsWrongBehindAGivenAdjoint()
    {
        var run = CommandRun.Of("check", Write(null, dW => dW.Span.Clear()));

        Assert.True(run.Code == ExitCodes.Finding, run.Output + run.Error);
        Assert.Contains("dW", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ShowsNamesWithoutTheirControlCodes()
    {
        var run = CommandRun.Of("check", Write(null, stranger: "note\u001b[31m\u202e"));

        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.DoesNotContain('\u202e', run.Output + run.Error);
        Assert.Contains("note?[31m?", run.Output + run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string? meta, Action<NdArray<double>>? mistake = null, string? stranger = null)
    {
        var numpy = new NumpyLegacyRandom(1);
        var arrays = new NamedArrays();
        foreach (var (name, shape) in new (string, int[])[] { ("x", [3, 1, 4]), ("s0", [5, 1]), ("W", [5, 5]), ("U", [5, 3]), ("V", [3, 5]), ("ba", [5, 1]), ("by", [3, 1]), ("ds", [5, 1, 4]) })
        {
            arrays.Add(name, numpy.Randn(shape));
        }

        var prototype = PrototypeReader.Read(arrays);
        using var engine = new ManualEngine<double>(prototype.Weights);
        var result = engine.Gradients(prototype.Batch, prototype.Upstream!);
        var writer = PrototypeWriter.Create(ConventionTable.TimeLast, result.Weights, prototype.Batch);
        writer.Add("dx", result.Inputs!);
        writer.Add("dh0", result.InitialState.Hidden);
        writer.AddGradients(result.Weights);
        foreach (var name in (string[])["dx", "ds0", "dU", "dW", "dba"])
        {
            arrays.Add(name, writer.Arrays.Get<double>(name));
        }

        mistake?.Invoke(arrays.Get<double>("dW"));
        if (meta is not null)
        {
            arrays.Add("meta", meta);
        }

        if (stranger is not null)
        {
            arrays.Add(stranger, new NdArray<double>([1]));
        }

        var path = Path.Combine(_folder, "course.npz");
        ArrayFile.Write(path, arrays);
        return path;
    }
}

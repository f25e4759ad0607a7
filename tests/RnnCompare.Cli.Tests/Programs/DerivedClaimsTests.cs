using System.Text.Json;
using RnnCompare.Cli.Commands;
using RnnCompare.Engines;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>What a program may save beside its gradients: the gradient of its outputs, and the cell states of all steps.</summary>
public sealed class DerivedClaimsTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Programs", "saved", "stacked_gates.npz");

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2.0, "dlogits")]
    [InlineData(1.0, "dy")] // what the loss is multiplied by may as well come later
    public void GradientOfTheOutputs_IsChecked(double scale, string name)
    {
        var arrays = ArrayFile.Read(Program).Copy();
        var (y, target) = (arrays.Get<double>("y"), arrays.Get<double>("target"));
        var dy = new NdArray<double>([.. y.Data.Zip(target.Data, (a, b) => scale * (a - b))], [.. y.Shape]);
        arrays.Add(name, dy);
        var right = Check(arrays);
        dy.Data[5] *= 1.001;
        var wrong = Check(arrays);

        Assert.True(right.Code == ExitCodes.Success, right.Output + right.Error);
        Assert.Contains($"| {name} ", right.Output, StringComparison.Ordinal);
        Assert.True(wrong.Code == ExitCodes.Finding, wrong.Output + wrong.Error);
        Assert.Contains($"1 of 8 arrays wrong ({name})", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CellStatesOfAllSteps_AreChecked()
    {
        var arrays = ArrayFile.Read(Program).Copy();
        var saved = PrototypeReader.Read(arrays);
        var c = new NdArray<double>(saved.Batch.Steps, saved.Spec.HiddenSize);
        using var engine = new ManualEngine<double>(saved.Weights);
        for (var step = 0; step < c.Rows; step++)
        {
            engine.Forward(new() { Inputs = new(saved.Batch.Inputs.Values!.Cut(0, step + 1)) }).FinalState.Cell!.Span.CopyTo(c.Row(step));
        }

        arrays.Add("cs", c);
        var right = Check(arrays);
        c.Data[8] += 1e-9;
        var wrong = Check(arrays);

        Assert.True(right.Code == ExitCodes.Success, right.Output + right.Error);
        Assert.Contains("| cs ", right.Output, StringComparison.Ordinal);
        Assert.True(wrong.Code == ExitCodes.Finding, wrong.Output + wrong.Error);
        Assert.Contains("(cs)", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_TellsHowTheArraysWereRead()
    {
        using var document = JsonDocument.Parse(CommandRun.Of("check", Program, "--json").Output);
        var reading = document.RootElement.GetProperty("reading");
        Assert.Contains("lstm", reading.GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(reading.GetProperty("evidence").GetString()!);
        Assert.True(reading.GetProperty("others").GetArrayLength() > 0);
        Assert.All(reading.GetProperty("others").EnumerateArray(), other => Assert.NotEmpty(other.GetProperty("differs").GetString()!));
    }

    // Control codes and marks that turn or hide text stand in no message.
    [Theory]
    [InlineData("check")]
    [InlineData("check", "--explain-reading")]
    [InlineData("migrate", "--dry-run")]
    public void NamesOutOfAFile_AreShownWithoutControlCodes(params string[] command)
    {
        var arrays = new NamedArrays();
        foreach (var (name, array) in ArrayFile.Read(Program))
        {
            arrays.Add(name is "Wy" or "dWy" ? $"{name[..^1]}\u001b[31my\u202e" : name is "b" or "db" ? name + "\u0007" : name, array.ElementType == ElementType.Float64 ? Values(array) : throw new InvalidOperationException(name));
        }

        var run = Check(arrays, command);
        Assert.DoesNotContain(run.Output + run.Error, character => (char.IsControl(character) && character != '\n') || character == '\u202e');
        Assert.Equal(ExitCodes.Success, run.Code);

        NdArray<double> Values(StoredArray array) => new([.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(array.Bytes()).ToArray()], [.. array.Shape]);
    }

    private CommandRun Check(NamedArrays arrays, params string[] command)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.npz");
        ArrayFile.Write(path, arrays);
        return CommandRun.Of([command.Length > 0 ? command[0] : "check", path, .. command.Skip(1)]);
    }
}

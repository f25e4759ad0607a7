using System.Text.Json;
using RnnCompare.Cli.Commands;
using RnnCompare.Engines;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Cli.Tests;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData("tanh", "row")]
    [InlineData("lstm", "pytorch")]
    [InlineData("gru", "pytorch")]
    public void Check_AgreesWithRightGradients(string cell, string convention)
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Named(convention), SavedPrototypes.Spec(cell)));
        var run = CommandRun.Of("check", path);
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.StartsWith($"{path} agrees: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not checked, because not given: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NamesTheMistakeInTheUsersNames()
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh"), result => result.Weights.by.Span.Clear()));
        var run = CommandRun.Of("check", path);
        Assert.Equal((ExitCodes.Finding, ""), (run.Code, run.Error));
        Assert.StartsWith($"{path} disagrees: 1 of 6 arrays wrong (dbho); the known mistake output-bias-missing reproduces the numbers", run.Output, StringComparison.Ordinal);
        Assert.Contains("dbho[0,", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dby", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_PrintsJsonOfTheAgreedFields()
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("lstm"), result => Scale(result, -1)));
        var run = CommandRun.Of("check", path, "--json");
        Assert.Equal((ExitCodes.Finding, ""), (run.Code, run.Error));
        using var document = JsonDocument.Parse(run.Output);
        var root = document.RootElement;
        Assert.Equal("disagrees", root.GetProperty("verdict").GetString());
        var tensor = root.GetProperty("tensors").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "dWhh");
        Assert.Equal(["name", "maxAbs", "relative", "noiseFloor", "worstIndex"], tensor.EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, tensor.GetProperty("relative").GetDouble(), 1e-9);
        var index = tensor.GetProperty("worstIndex").EnumerateArray().Select(entry => entry.GetInt32()).ToArray();
        Assert.True(index is [>= 0 and < 7, >= 0 and < 28], "dWhh is (H, 4·H) in the user's file");
        var fault = root.GetProperty("faults")[0];
        Assert.Equal(["id", "with", "oneOf", "stage", "parameters", "residual", "tensors"], fault.EnumerateObject().Select(field => field.Name).Take(7));
        Assert.Equal(("sign-flipped", "backward"), (fault.GetProperty("id").GetString(), fault.GetProperty("stage").GetString()));
        Assert.True(fault.GetProperty("residual").GetDouble() <= 16);
        Assert.All(root.GetProperty("blindTo").EnumerateArray(), spot => Assert.Equal(["id", "reason"], spot.EnumerateObject().Select(field => field.Name)));
        Assert.Contains("h", root.GetProperty("notChecked").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("firstWrongStep").ValueKind);
    }

    [Fact]
    public void Check_TellsOfASecondBiasWithoutGradient()
    {
        var arrays = SavedPrototypes.Write(ConventionTable.Torch, SavedPrototypes.Spec("tanh"));
        var gradients = arrays.Names.Where(name => name.Contains("bias_hh_l0", StringComparison.Ordinal)).ToArray();
        Assert.Contains("dbias_hh_l0", gradients);
        Assert.Equal(ExitCodes.Success, CommandRun.Of("check", Save(arrays)).Code);
        var run = CommandRun.Of("check", Save(arrays.With("dbias_hh_l0", new NdArray<double>(7))));
        Assert.Equal(ExitCodes.Finding, run.Code);
        Assert.Contains("hidden-bias-missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TakesNaNInGradientsForADisagreement()
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh"), result => result.Weights.Whh.Data[3] = double.NaN));
        Assert.Equal(ExitCodes.Finding, CommandRun.Of("check", path).Code);
        var run = CommandRun.Of("check", path, "--json");
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("disagrees", document.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Check_RefusesBadFilesInOneLine()
    {
        var right = SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh"));
        var bytes = File.ReadAllBytes(Save(right));
        Check(right.With("Whh", null), "prototype.npz: has no recurrent weights, which are named Whh (row); found ");
        Check(right.With("x", null), "x is missing");
        Check(right.With("targets", null), "targets are missing");
        Check(right.With("dWhh", new NdArray<double>(3, 7)), "dWhh is (3, 7), expected (7, 7)");
        Check(right.With("x", new NdArray<double>([.. Enumerable.Repeat(double.NaN, 40)], 5, 2, 4)), "x[0,0,0] is NaN, expected a finite number");
        CommandRun.Of("check", Path.Combine(_folder, "missing.npz")).RequireRefusal("missing.npz: there is no such file.");
        CommandRun.Of("check", Write("truncated.npz", bytes[..(bytes.Length / 2)])).RequireRefusal("truncated.npz");
        CommandRun.Of("check", Write("pickle.npz", [0x80, 0x04, 0x95, 0x00])).RequireRefusal("is a Python pickle, which is never loaded");
        CommandRun.Of("check", Write("empty.npz", [])).RequireRefusal("is empty");

        void Check(NamedArrays arrays, string message) => CommandRun.Of("check", Save(arrays)).RequireRefusal(message);
    }

    [Theory]
    [InlineData("--convention rows", "--convention: convention is 'rows', expected canonical or row or")]
    [InlineData("--loss hinge", "--loss: loss is 'hinge', expected cross-entropy or squared-error.")]
    [InlineData("--covnention row", "there is no option '--covnention'; the nearest is '--convention'.")]
    [InlineData("--convention uwv", "has no recurrent weights, which are named W (uwv); found ")]
    public void Check_RefusesOptionsInOneLine(string options, string message)
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh")));
        CommandRun.Of(["check", path, .. options.Split(' ')]).RequireRefusal(message);
    }

    [Fact]
    public void Check_OptionsWinOverTheFile()
    {
        var path = Save(SavedPrototypes.Write(ConventionTable.Row, SavedPrototypes.Spec("tanh")));
        var run = CommandRun.Of("check", "--reduction", "sum", path, "--json");
        Assert.Equal(ExitCodes.Finding, run.Code);
        Assert.Contains("scaled-by-", run.Output, StringComparison.Ordinal);
        CommandRun.Of("check", "--batch-first", path).RequireRefusal("(");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Scale(GradientResult<double> result, double factor)
    {
        foreach (var (_, values) in result.Weights.Tensors)
        {
            foreach (ref var value in values.Span)
            {
                value *= factor;
            }
        }
    }

    private string Save(NamedArrays arrays)
    {
        var path = Path.Combine(_folder, "prototype.npz");
        ArrayFile.Write(path, arrays);
        return path;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests;

public sealed class EquationsCommandTests
{
    [Fact]
    public void Equations_PrintBothPasses()
    {
        var (code, output, _) = Run("equations", "lstm");
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("i     = sigmoid(x·Wxiᵀ + h[t-1]·Whiᵀ + bi)", output, StringComparison.Ordinal);
        Assert.Contains("df           = dc ⊙ c[t-1] ⊙ f ⊙ (1 − f)", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 160, line));
    }

    [Theory]
    [InlineData("latex", @"\delta \mathrm{f}_{t} &= ", @"\delta f_{t} &= \delta c_{t} \odot c_{t-1} \odot f_{t} \odot \left(1 - f_{t}\right)")]
    [InlineData("python", null, "df = dc * c[t - 1] * f[t] * (1 - f[t])")]
    public void Equations_PrintForOthers(string format, string? absent, string expected)
    {
        var (code, output, _) = Run("equations", "lstm", "--format", format);
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        if (absent is not null)
        {
            Assert.DoesNotContain(absent, output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("equations rnu", "Unknown cell 'rnu', and no file has this name; known cells: tanh, relu, lstm, gru, gru-reset-before.")]
    [InlineData("equations missing.cell", "missing.cell: there is no such file.")]
    [InlineData("equations lstm --format word", "--format is word, expected ")]
    [InlineData("equations lstm --loss hinge", "--loss is hinge, expected cross-entropy or squared-error.")]
    public void Equations_RefuseBadInputInOneLine(string line, string message)
    {
        var (code, output, error) = Run(line.Split(' '));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.StartsWith($"rnncompare: {message}", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Empty(output);
    }

    [Fact]
    public void AFileThatCannotBeRead_IsRefusedWithItsPlace()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".cell");
        File.WriteAllText(path, "cell c\nstate h\nh' = tanh(x·W + )\n");
        var (code, _, error) = Run("equations", path);
        File.Delete(path);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Equal($"rnncompare: {path}:3:17: ')' stands here, but a name, a number, '(' or '[' is expected.{Environment.NewLine}", error);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (CommandLine.Run(args, output, error), output.ToString(), error.ToString());
    }
}

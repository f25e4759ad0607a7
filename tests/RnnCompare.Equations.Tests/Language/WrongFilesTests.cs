using System.Text.RegularExpressions;
using RnnCompare.Equations.Language;
using RnnCompare.Equations.Printing;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Equations.Tests.Language;

/// <summary>Shipped cells with random mistakes of typing: each is refused in one line that says where, or is a cell that runs and prints.</summary>
public partial class WrongFilesTests
{
    private const int Files = 1000;

    private static readonly string[] Strangers =
        ["(", ")", "[", "]", ";", ",", "=", "+", "-", "/", "·", "⊙", "ᵀ", "'", "^", "²", "#", "?", "\t", "\0", "é", "0", "-1", "1e999", "2", "x", "h", "c", "W", "dh", "y", "H", "P", "[t-1]", "[0:H]", "[2:1]", "tanh(", "tnah(", "split(", "mean(", "state", "size Q = H/0", "weight q ()", "stack S = q", "\n"];

    [Fact]
    public void EveryFile_IsRefusedWithItsPlace_OrRuns()
    {
        string[] cells = [.. BuiltInCells.Names.Select(name => BuiltInCells.Named(name).Text), .. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        var (random, refused) = (new Random(1), 0);
        for (var i = 0; i < Files; i++)
        {
            var text = Mistyped(cells[i % cells.Length], random);
            try
            {
                if (CellEquations.Parse(text) is { } cell)
                {
                    Use(cell);
                }
            }
            catch (EquationException refusal)
            {
                refused++;
                Assert.True(Place().Match(refusal.Message) is { Success: true }, $"{refusal.Message}\nof\n{text}");
                Assert.DoesNotContain(refusal.Message, char.IsControl);
                Assert.InRange(refusal.Position.Line, 1, text.Split('\n').Length);
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{other}\nof\n{text}");
            }
        }

        Assert.True(refused > Files / 2, $"{refused} of {Files} files were refused.");
    }

    // Whatever opens in itself again and again.
    [Theory]
    [InlineData("(", "x·W", ")")]
    [InlineData("tanh(", "x·W", ")")]
    [InlineData("[", "x·W", "; h]")]
    [InlineData("- ", "h", "")]
    [InlineData("", "h", "[0:H]")]
    [InlineData("", "h", "·W")]
    [InlineData("", "h", " / x")]
    public void DeepNesting_IsRefused_OrRuns(string before, string middle, string after)
    {
        foreach (var (depth, isRefused) in new[] { (100, false), (100_000, true) })
        {
            var text = $"cell c\nstate h\nu = tanh(x·V)\nh' = u + sum({string.Concat(Enumerable.Repeat(before, depth))}{middle}{string.Concat(Enumerable.Repeat(after, depth))})\n";
            var refusal = Record.Exception(() => Use(CellEquations.Parse(text)));
            Assert.True(isRefused ? refusal is EquationException : refusal is null or EquationException, $"{depth}: {refusal?.ToString() ?? "read"}");
        }
    }

    private static void Use(CellEquations cell)
    {
        var spec = new RnnSpec { Cell = new EquationCell(cell), InputSize = 3, HiddenSize = 6, OutputSize = 2 };
        using var engine = new EquationsEngine<double>(Samples.Weights<double>(spec, 1));
        engine.Gradients(Samples.Batch<double>(spec, steps: 2, batchSize: 2, seed: 2));
        Assert.NotEmpty(ProgramText.Print(cell, LossKind.CrossEntropy, 100) + LatexText.Print(cell, LossKind.CrossEntropy) + PythonText.Print(cell, LossKind.CrossEntropy) + CSharpText.Print(cell, LossKind.CrossEntropy) + string.Concat(TorchSharpText.Of(cell, []).Statements));
    }

    // One to three tokens left out, doubled, exchanged, moved or replaced; or a line, or the end of the file.
    private static string Mistyped(string text, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var tokens = Token().Matches(text).Select(match => match.Value).ToList();
            var (at, other) = (random.Next(tokens.Count), random.Next(tokens.Count));
            switch (random.Next(8))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens.Insert(at, tokens[other]);
                    break;
                case 4:
                    tokens[at] = Strangers[random.Next(Strangers.Length)];
                    break;
                case 5:
                    tokens.Insert(at, Strangers[random.Next(Strangers.Length)]);
                    break;
                case 6:
                    tokens.RemoveRange(at, tokens.Count - at);
                    break;
                default:
                    var end = tokens.FindIndex(at, token => token == "\n");
                    tokens.RemoveRange(at, (end < 0 ? tokens.Count : end) - at);
                    break;
            }

            text = tokens.Count > 0 ? string.Concat(tokens) : " ";
        }

        return text;
    }

    [GeneratedRegex(@"\w+|[^\w]", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[0-9]+:[0-9]+: \S.*\S$")]
    private static partial Regex Place();
}

using System.Text.RegularExpressions;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Printing;
using RnnCompare.Models;

namespace RnnCompare.Equations.Tests.Printing;

/// <summary>The printed LaTeX is well-formed: braces and environments close, every line has one place to align at, and every command is one of amsmath.</summary>
public partial class LatexTextTests
{
    private static readonly HashSet<string> Commands =
    [
        "begin", "end", "left", "right", "delta", "odot", "frac", "top", "mathrm", "mathrel", "operatorname", "textstyle", "sum",
        .. Function.All.Append(Function.Softmax).Select(function => Command().Match(function.Latex).Groups[1].Value),
    ];

    // Every function of the language, and every kind of expression.
    private const string Everything = "cell all_of it\nsize P = H/2\nstate h, c_1 (P)\nweight σ_w (H) = 1\nu = relu(x·W_in) + leaky_relu(x·V) - step(h) / 2\nv = hard_sigmoid(u) ⊙ hard_tanh(u) ⊙ softplus(u)\nw = exp(-u²) + log(1 + u^4) + sqrt(1 + abs(v))^-1\na, b = split([c_1; h]·Uᵀ)\nc_1' = tanh(a[0:P]) ⊙ sum(w) + mean(b)\nh' = (1 - sigmoid(v)) / (1 + w) ⊙ σ_w + Q·x\n";

    public static TheoryData<string> Cells => [.. BuiltInCells.Names.Select(name => BuiltInCells.Named(name).Text), Everything.Replace("all_of it", "everything", StringComparison.Ordinal)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void PrintedLatex_IsWellFormed(string text)
    {
        foreach (var loss in Enum.GetValues<LossKind>())
        {
            var latex = LatexText.Print(CellEquations.Parse(text), loss);
            var lines = latex.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '%').ToList();
            var open = new Stack<string>();
            foreach (var line in lines)
            {
                RequireBalance(line, open);
                Assert.All(Command().Matches(line), match => Assert.Contains(match.Groups[1].Value, Commands));
                Assert.DoesNotMatch(BareUnderscore(), line);
                if (!line.StartsWith('\\'))
                {
                    Assert.Equal(1, line.Count(c => c == '&'));
                }
            }

            Assert.Empty(open);
            var rows = lines.Where(line => !line.StartsWith('\\')).ToList();
            Assert.Equal(rows.Count - 2, rows.Count(line => line.EndsWith(@"\\", StringComparison.Ordinal))); // all but the last of either block
        }
    }

    private static void RequireBalance(string line, Stack<string> open)
    {
        foreach (Match match in Bracket().Matches(line))
        {
            var closed = match.Value switch { "}" => "{", @"\right)" => @"\left(", @"\right]" => @"\left[", _ when match.Value.StartsWith(@"\end", StringComparison.Ordinal) => @"\begin" + match.Value[4..], _ => null };
            if (closed is null)
            {
                open.Push(match.Value);
            }
            else
            {
                Assert.True(open.TryPop(out var last) && last == closed, $"{match.Value} closes nothing in: {line}");
            }
        }
    }

    [GeneratedRegex(@"\\([A-Za-z]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"\\(?:begin|end)\{[a-z*]+\}|\\(?:left|right)[()\[\]]|(?<!\\)[{}]")]
    private static partial Regex Bracket();

    // Below stands a group, or in a name an escaped sign.
    [GeneratedRegex(@"(?<!\\)_(?!\{|b )")]
    private static partial Regex BareUnderscore();
}

using System.Globalization;
using System.Text;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>Prints a cell as a NumPy function that runs a whole sequence forward and backward, to copy.</summary>
public static class PythonText
{
    /// <summary>The text, with a line break after every line.</summary>
    public static string Print(CellEquations cell, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new PythonCode(cell, loss).Print();
    }
}

internal sealed class PythonCode(CellEquations cell, LossKind loss) : ProgramCode(cell, loss)
{
    private const string Body = "    ";
    private const string Loop = "        ";

    private static readonly HashSet<string> Keywords =
    [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
        "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "np", "t", "T", "B", "I", "range", "reversed", "sum", "loss", "gradients", "softmax",
    ];

    protected override IReadOnlyCollection<string> Taken => field ??= [.. Keywords, .. UsedLetters];

    public string Print()
    {
        var text = new StringBuilder();
        text.AppendLine("import numpy as np");
        text.AppendLine();
        text.AppendLine();
        if (Loss == LossKind.CrossEntropy)
        {
            AppendLines(text, "", ["def softmax(y):", $"    e = np.exp(y - y.max(axis={Features}, keepdims=True))", $"    return e / e.sum(axis={Features}, keepdims=True)", "", ""]);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"# {Cell.Name}{(Cell.Source.Length > 0 ? ": " + Cell.Source : "")}");
        AppendLines(text, "", Signature());
        AppendLines(text, Body, Lengths());
        AppendLines(text, Body, States.Select(state => $"{Local(state)} = [None] * T + [{state}0]  # {Local(state)}[-1] is the initial state"));
        AppendLines(text, Body, [.. Stored.Except(States.Select(Local)).Select(name => $"{name} = [None] * T"), "", "# forward", "for t in range(T):"]);
        AppendLines(text, Loop, Lines(Cell.Step, Cell.Step.Forward).Concat(Lines(ReadOut, ReadOut.Forward)));
        AppendLines(text, Body, ["", LossLine(), "", "# backward", .. Weights.Select(weight => $"{weight.Gradient} = np.zeros_like({weight.Name})"), "dx = [None] * T"]);
        AppendLines(text, Body, States.Select(state => $"d{state}Next = np.zeros_like({state}0)"));
        text.AppendLine(Body + "for t in reversed(range(T)):");
        AppendLines(text, Loop, Lines(ReadOut, ReadOut.Backward).Concat(Lines(Cell.Step, Cell.Step.Backward)));
        string[] results = [.. Weights.Select(weight => weight.Gradient), .. States.Select(state => $"d{state}0")];
        text.AppendLine();
        AppendLines(text, Body, States.Select(state => $"d{state}0 = d{state}Next"));
        text.AppendLine(Body + "return loss, {" + string.Join(", ", results.Append("dx").Select(name => $"\"{name}\": {(name == "dx" ? "np.array(dx)" : name)}")) + "}");
        return text.ToString();
    }

    protected override string NameAt(Reference reference)
    {
        var role = VariableOf(reference.Name).Role;
        return role is VariableRole.Input or VariableRole.State or VariableRole.Value || reference.Name == "dx"
            ? $"{Local(reference.Name)}[t{(reference.Shift == 0 ? "" : reference.Shift.ToString("+0;-0", CultureInfo.InvariantCulture))}]".Replace("t-1", "t - 1", StringComparison.Ordinal)
            : Local(reference.Name);
    }

    protected override string PowerText(string operand, double exponent) => $"{operand} ** {NumberText(exponent)}";

    protected override string ApplyText(Function function, string argument, bool isName)
    {
        var format = function.Python;
        return string.Format(CultureInfo.InvariantCulture, format, isName || format.Contains("({0})", StringComparison.Ordinal) || format.Contains("({0},", StringComparison.Ordinal) ? argument : $"({argument})");
    }

    protected override string DotText(string left, string right) => $"{left} @ {right}";

    protected override string TransposeText(string operand) => operand + ".T";

    protected override string JoinText(IReadOnlyList<string> blocks) => $"np.concatenate([{string.Join(", ", blocks)}], axis={Features})";

    protected override string SliceText(string operand, string start, string end) => IsColumns ? $"{operand}[{start}:{end}]" : $"{operand}[..., {start}:{end}]";

    protected override string FeatureSumText(string operand, bool isMean) => $"np.{(isMean ? "mean" : "sum")}({operand}, axis={Features}, keepdims=True)";

    protected override string BatchSumText(string operand) => IsColumns ? $"{operand}.sum(axis=1, keepdims=True)" : $"{operand}.sum(axis=0)";

    protected override string RepeatText(string operand) => $"{operand} * np.ones({(IsColumns ? "(1, B)" : "(B, 1)")})";

    protected override string SpreadText(string operand, string length, bool isShared) => $"{operand} * np.ones({(IsColumns ? $"({length}, {(isShared ? "1" : "B")})" : isShared ? length : $"(B, {length})")})";

    private int Features => IsColumns ? 0 : -1;

    private string[] Signature()
    {
        var inputs = string.Join(", ", States.Select(state => state + "0"));
        var axes = IsColumns ? "I, B" : "B, I";
        return
        [
            $"def gradients(x, target, lossWeight, {inputs}, {string.Join(", ", Weights.Select(weight => weight.Name))}):",
            $"    \"\"\"x (T, {axes}); target (T, {(IsColumns ? "O, B" : "B, O")}){(Loss == LossKind.CrossEntropy ? ", one-hot" : "")}; lossWeight (T, {(IsColumns ? "1, B" : "B, 1")}); {inputs} ({(IsColumns ? "size, B" : "B, size")}){(IsColumns ? "; biases (size, 1)" : "")}.\"\"\"",
        ];
    }

    private IEnumerable<string> Lengths()
    {
        yield return IsColumns ? "T, I, B = x.shape" : "T, B, I = x.shape";
        var used = UsedLetters;
        foreach (var letter in used.Where(letter => letter != "I"))
        {
            var state = Cell.States.FirstOrDefault(state => state.Length.Equals(Dimension.Letter(letter)));
            if (state is not null)
            {
                yield return $"{letter} = {state.Name}0.shape[{Features}]";
            }
        }

        foreach (var size in Cell.Sizes.Where(size => used.Contains(size.Letter) && !Cell.States.Any(state => state.Length.Equals(Dimension.Letter(size.Letter)))))
        {
            yield return $"{size.Letter} = ({LengthText(size.Of)}) // {size.Divisor}";
        }
    }

    private string LossLine()
    {
        return Loss == LossKind.CrossEntropy
            ? "loss = sum((-np.log((p[t] * target[t]).sum(axis=" + Features + ", keepdims=True)) * lossWeight[t]).sum() for t in range(T))"
            : "loss = sum((0.5 * ((y[t] - target[t]) ** 2) * lossWeight[t]).sum() for t in range(T))";
    }
}

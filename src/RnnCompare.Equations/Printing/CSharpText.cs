using System.Globalization;
using System.Text;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>Prints a cell as a C# file that runs a whole sequence forward and backward, to copy: it needs nothing but the base library.</summary>
public static class CSharpText
{
    /// <summary>The text, with a line break after every line.</summary>
    public static string Print(CellEquations cell, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new CSharpCode(cell, loss).Print();
    }
}

internal sealed class CSharpCode(CellEquations cell, LossKind loss) : ProgramCode(cell, loss)
{
    private const string Body = "        ";
    private const string Loop = "            ";

    // Matrices that broadcast as NumPy's do, so that a statement is one line.
    private const string Matrix = """

        /// <summary>A matrix whose operators go element by element; a row, a column or a number counts in every element.</summary>
        public sealed class Matrix
        {
            private readonly double[,] _values;

            public Matrix(double[,] values) => _values = values;

            public int Rows => _values.GetLength(0);

            public int Columns => _values.GetLength(1);

            public double this[int row, int column] => _values[Rows == 1 ? 0 : row, Columns == 1 ? 0 : column];

            public static implicit operator Matrix(double value) => new(new[,] { { value } });

            public static Matrix operator +(Matrix a, Matrix b) => Each(a, b, (x, y) => x + y);

            public static Matrix operator -(Matrix a, Matrix b) => Each(a, b, (x, y) => x - y);

            public static Matrix operator -(Matrix a) => Map(a, x => -x);

            public static Matrix operator *(Matrix a, Matrix b) => Each(a, b, (x, y) => x * y);

            public static Matrix operator /(Matrix a, Matrix b) => Each(a, b, (x, y) => x / y);

            public static Matrix Filled(int rows, int columns, Func<int, int, double> value)
            {
                var values = new double[rows, columns];
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        values[i, j] = value(i, j);
                    }
                }

                return new(values);
            }

            public static Matrix Map(Matrix a, Func<double, double> f) => Filled(a.Rows, a.Columns, (i, j) => f(a[i, j]));

            public static Matrix Dot(Matrix a, Matrix b)
            {
                return Filled(a.Rows, b.Columns, (i, j) =>
                {
                    var sum = 0.0;
                    for (var k = 0; k < a.Columns; k++)
                    {
                        sum += a[i, k] * b[k, j];
                    }

                    return sum;
                });
            }

            public static Matrix Transpose(Matrix a) => Filled(a.Columns, a.Rows, (i, j) => a[j, i]);

            public static Matrix SumOverRows(Matrix a) => Dot(Filled(1, a.Rows, (_, _) => 1), a);

            public static Matrix SumOverColumns(Matrix a) => Dot(a, Filled(a.Columns, 1, (_, _) => 1));

            public static Matrix Beside(Matrix a, Matrix b)
            {
                var rows = Math.Max(a.Rows, b.Rows);
                return Filled(rows, a.Columns + b.Columns, (i, j) => j < a.Columns ? a[i, j] : b[i, j - a.Columns]);
            }

            public static Matrix Below(Matrix a, Matrix b) => Transpose(Beside(Transpose(a), Transpose(b)));

            public static Matrix PartOfColumns(Matrix a, int start, int end) => Filled(a.Rows, end - start, (i, j) => a[i, start + j]);

            public static Matrix PartOfRows(Matrix a, int start, int end) => Filled(end - start, a.Columns, (i, j) => a[start + i, j]);

            private static Matrix Each(Matrix a, Matrix b, Func<double, double, double> f)
            {
                return Filled(Math.Max(a.Rows, b.Rows), Math.Max(a.Columns, b.Columns), (i, j) => f(a[i, j], b[i, j]));
            }
        }

        /// <summary>The values of all steps; before the first stands the initial one.</summary>
        public sealed class Steps
        {
            private readonly Matrix[] _values;

            public Steps(int count, Matrix initial) => (_values = new Matrix[count + 1])[0] = initial;

            public Matrix this[int t]
            {
                get => _values[t + 1];
                set => _values[t + 1] = value;
            }
        }
        """;

    internal static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    private static readonly string[] Locals = ["t", "T", "B", "I", "v", "Math", "Matrix", "Steps", "Dot", "Map", "Transpose", "Filled", "Softmax", "Gradients", "loss", "Below", "Beside"];

    protected override IReadOnlyCollection<string> Taken => field ??= [.. Locals, .. UsedLetters];

    public string Print()
    {
        var text = new StringBuilder();
        AppendLines(text, "", ["using System;", "using System.Collections.Generic;", "using System.Linq;", "using static Matrix;", "", $"/// <summary>{Cell.Name}{(Cell.Source.Length > 0 ? ": " + Xml(Cell.Source) : "")}</summary>", $"public static class {ClassName(Cell.Name)}", "{"]);
        AppendLines(text, "    ", Signature());
        AppendLines(text, Body, Lengths());
        AppendLines(text, Body, States.Select(state => $"var {Local(state)} = new Steps(T, {state}0); // {Local(state)}[-1] is the initial state"));
        AppendLines(text, Body, [.. Stored.Except(States.Select(Local)).Select(name => $"var {name} = new Matrix[T];"), "", "// forward", "for (var t = 0; t < T; t++)", "{"]);
        AppendLines(text, Loop, Lines(Cell.Step, Cell.Step.Forward).Concat(Lines(ReadOut, ReadOut.Forward)).Select(line => line + ";"));
        AppendLines(text, Body, ["}", "", LossLine(), "", "// backward"]);
        AppendLines(text, Body, Weights.Select(weight => $"var {weight.Gradient} = {weight.Name} * 0;"));
        AppendLines(text, Body, States.Select(state => $"var d{state}Next = {state}0 * 0;"));
        AppendLines(text, Body, ["var dx = new Matrix[T];", "for (var t = T - 1; t >= 0; t--)", "{"]);
        var declared = new HashSet<string>();
        AppendLines(text, Loop, Lines(ReadOut, ReadOut.Backward).Concat(Lines(Cell.Step, Cell.Step.Backward)).Select(line => (IsDeclaration(line, declared) ? "var " : "") + line + ";"));
        AppendLines(text, Body, ["}", "", "return (loss, new()", "{"]);
        AppendLines(text, Loop, Weights.Select(weight => $"[\"{weight.Gradient.TrimStart('@')}\"] = {weight.Gradient},").Concat(States.Select(state => $"[\"d{state}0\"] = d{state}Next,")));
        AppendLines(text, Body, ["}, dx);"]);
        AppendLines(text, "    ", ["}"]);
        if (Loss == LossKind.CrossEntropy)
        {
            AppendLines(text, "    ", ["", "private static Matrix Softmax(Matrix y)", "{", IsColumns ? "    return Transpose(SoftmaxOfRows(Transpose(y)));" : "    return SoftmaxOfRows(y);", "}", "", "private static Matrix SoftmaxOfRows(Matrix y)", "{",
                "    var largest = Filled(y.Rows, 1, (i, _) => Enumerable.Range(0, y.Columns).Max(j => y[i, j]));", "    var e = Map(y - largest, Math.Exp);", "    return e / SumOverColumns(e);", "}"]);
        }

        AppendLines(text, "", ["}"]);
        AppendLines(text, "", Matrix.Split(["\r\n", "\n"], StringSplitOptions.None));
        return text.ToString();
    }

    protected override string Local(string name) => Keywords.Contains(name) ? "@" + name : base.Local(name);

    protected override string NameAt(Reference reference)
    {
        var role = VariableOf(reference.Name).Role;
        return role is VariableRole.Input or VariableRole.State or VariableRole.Value || reference.Name == "dx"
            ? $"{Local(reference.Name)}[t{reference.Shift switch { 0 => "", < 0 => $" - {-reference.Shift}", var shift => $" + {shift}" }}]"
            : Local(reference.Name);
    }

    protected override string PowerText(string operand, double exponent) => $"Map({operand}, v => {(exponent == 2 ? "v * v" : $"Math.Pow(v, {NumberText(exponent)})")})";

    protected override string ApplyText(Function function, string argument, bool isName)
    {
        return function == Function.Softmax ? $"Softmax({argument})" : $"Map({argument}, v => {string.Format(CultureInfo.InvariantCulture, function.CSharp, "v")})";
    }

    protected override string DotText(string left, string right) => $"Dot({left}, {right})";

    protected override string TransposeText(string operand) => $"Transpose({operand})";

    protected override string JoinText(IReadOnlyList<string> blocks) => blocks.Aggregate((a, b) => $"{(IsColumns ? "Below" : "Beside")}({a}, {b})");

    protected override string SliceText(string operand, string start, string end) => $"{(IsColumns ? "PartOfRows" : "PartOfColumns")}({operand}, {start}, {end})";

    protected override string FeatureSumText(string operand, bool isMean)
    {
        var sum = $"{(IsColumns ? "SumOverRows" : "SumOverColumns")}({operand})";
        return isMean ? $"{sum} / ({operand}).{(IsColumns ? "Rows" : "Columns")}" : sum;
    }

    protected override string BatchSumText(string operand) => $"{(IsColumns ? "SumOverColumns" : "SumOverRows")}({operand})";

    protected override string RepeatText(string operand) => $"{operand} * Filled({(IsColumns ? "1, B" : "B, 1")}, (_, _) => 1)";

    protected override string SpreadText(string operand, string length, bool isShared) => $"{operand} * Filled({(IsColumns ? $"{length}, {(isShared ? "1" : "B")}" : $"{(isShared ? "1" : "B")}, {length}")}, (_, _) => 1)";

    private static bool IsDeclaration(string line, HashSet<string> declared)
    {
        var target = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        return !line[target.Length..].StartsWith(" +=", StringComparison.Ordinal) && !target.Contains('[', StringComparison.Ordinal) && !target.EndsWith("Next", StringComparison.Ordinal) && declared.Add(target);
    }

    private string[] Signature()
    {
        var axes = IsColumns ? ("I, B", "O, B", "1, B", "n, B", "; vectors (n, 1)") : ("B, I", "B, O", "B, 1", "B, n", "; vectors (1, n)");
        string[] parameters = ["Matrix[] x", "Matrix[] target", "Matrix[] lossWeight", .. States.Select(state => $"Matrix {state}0"), .. Weights.Select(weight => $"Matrix {weight.Name}")];
        return
        [
            $"/// <summary>Loss and gradients; T of each: x ({axes.Item1}), target ({axes.Item2}){(Loss == LossKind.CrossEntropy ? " one-hot" : "")}, lossWeight ({axes.Item3}); states ({axes.Item4}){axes.Item5}.</summary>",
            $"public static (double Loss, Dictionary<string, Matrix> Gradients, Matrix[] dx) Gradients(",
            $"    {string.Join(", ", parameters)})",
            "{",
        ];
    }

    private IEnumerable<string> Lengths()
    {
        var used = UsedLetters;
        yield return "var T = x.Length;";
        yield return $"var (B, I) = (x[0].{(IsColumns ? "Columns" : "Rows")}, x[0].{(IsColumns ? "Rows" : "Columns")});";
        foreach (var letter in used.Where(letter => letter != "I"))
        {
            if (Cell.States.FirstOrDefault(state => state.Length.Equals(Dimension.Letter(letter))) is { } state)
            {
                yield return $"var {letter} = {state.Name}0.{(IsColumns ? "Rows" : "Columns")};";
            }
        }

        foreach (var size in Cell.Sizes.Where(size => used.Contains(size.Letter) && !Cell.States.Any(state => state.Length.Equals(Dimension.Letter(size.Letter)))))
        {
            yield return $"var {size.Letter} = ({LengthText(size.Of)}) / {size.Divisor};";
        }
    }

    private string LossLine()
    {
        var each = Loss == LossKind.CrossEntropy
            ? $"Map({(IsColumns ? "SumOverRows" : "SumOverColumns")}(p[t] * target[t]), v => -Math.Log(v)) * lossWeight[t]"
            : "Map(y[t] - target[t], v => v * v / 2) * lossWeight[t]";
        return $"var loss = Enumerable.Range(0, T).Sum(t => SumOverRows(SumOverColumns({each}))[0, 0]);";
    }

    private static string ClassName(string cell) => string.Concat(cell.Split('-', '_').Select(part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..])) is var name && char.IsLetter(name[0]) && name is not ("Matrix" or "Steps") ? name : "Cell" + name;

    private static string Xml(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}

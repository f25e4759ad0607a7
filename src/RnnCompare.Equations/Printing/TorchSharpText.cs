using System.Globalization;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>A weight of a cell as a parameter of a TorchSharp module.</summary>
/// <param name="Name">What the module calls it.</param>
/// <param name="Weight">The weight.</param>
/// <param name="Shape">The lengths of its axes in C#.</param>
public sealed record TorchSharpParameter(string Name, CellWeight Weight, string Shape);

/// <summary>A cell's forward step in TorchSharp's C#, for a module that autograd differentiates: parts of a class to put together.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="Sizes">The lengths of the cell's own, each by its letter, in C#.</param>
/// <param name="Statements">The body of a method that takes x (B, I) and <c>before</c>, the states (B, n), and returns those after the step.</param>
public sealed record TorchSharpText(IReadOnlyList<TorchSharpParameter> Parameters, IReadOnlyList<(string Letter, string Value)> Sizes, IReadOnlyList<string> Statements)
{
    /// <summary>The name of the states before the step.</summary>
    public const string Before = "before";

    /// <summary>Prints a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="taken">Names that the class around it needs for itself.</param>
    public static TorchSharpText Of(CellEquations cell, IReadOnlyCollection<string> taken)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new TorchSharpCode(cell, taken).Print();
    }
}

internal sealed class TorchSharpCode(CellEquations cell, IReadOnlyCollection<string> taken) : ProgramCode(cell, LossKind.SquaredError, hasColumns: false)
{
    // What the statements themselves call, beside C#'s own words.
    private static readonly string[] Called = [TorchSharpText.Before, "I", "H", "cat", "ones", "zeros_like", "dtype"];

    protected override IReadOnlyCollection<string> Taken { get; } = [.. CSharpCode.Keywords, .. Called, .. cell.Sizes.Select(size => size.Letter), .. taken];

    public TorchSharpText Print()
    {
        var parameters = Cell.Weights.Select(weight => new TorchSharpParameter(Local(weight.Name), weight, string.Join(", ", weight.Shape.Axes.Select(LengthText))));
        var before = Cell.States.Where(IsRead).Select(state => $"var {Local(state.Name)} = {TorchSharpText.Before}[{Cell.States.ToList().IndexOf(state)}];");
        var after = $"return [{string.Join(", ", Cell.States.Select(state => NameAt(new(state.Name))))}];";
        return new(
            [.. parameters],
            [.. Cell.Sizes.Select(size => (size.Letter, size.Divisor == 1 ? LengthText(size.Of) : string.Create(CultureInfo.InvariantCulture, $"Math.Max(1, {(size.Of.Equals(Dimension.Letter("H")) ? "H" : $"({LengthText(size.Of)})")} / {size.Divisor})")))],
            [.. before, .. Lines(Cell.Step, Cell.Step.Forward).Select(line => $"var {line};"), after]);
    }

    // There is no read-out whose names would have to be kept apart.
    protected override string Local(string name) => Taken.Contains(name) ? name + "_" : name;

    // The state before a step has the cell's name for it, the one after it another.
    protected override string NameAt(Reference reference)
    {
        var local = Local(reference.Name);
        if (VariableOf(reference.Name).Role != VariableRole.State || reference.Shift != 0)
        {
            return local;
        }

        var next = reference.Name + "Next";
        while (Cell.Step.Scope.TryGet(next, out var other) && other.Role is VariableRole.State or VariableRole.Value or VariableRole.Weight)
        {
            next += "_";
        }

        return next;
    }

    protected override string PowerText(string operand, double exponent) => exponent == 2 ? $"{operand}.square()" : $"{operand}.pow({NumberText(exponent)})";

    protected override string ApplyText(Function function, string argument, bool isName) => string.Format(CultureInfo.InvariantCulture, function.TorchSharp, isName ? argument : $"({argument})");

    protected override string DotText(string left, string right) => $"{left}.mm({right})";

    protected override string TransposeText(string operand) => $"{operand}.t()";

    protected override string RepeatText(string operand) => $"{operand}.expand({Scope.Input}.shape[0], -1)";

    protected override string JoinText(IReadOnlyList<string> blocks) => $"cat([{string.Join(", ", blocks)}], -1)";

    protected override string SliceText(string operand, string start, string end) => $"{operand}.slice(-1, {start}, {end}, 1)";

    protected override string FeatureSumText(string operand, bool isMean) => $"({operand}).{(isMean ? "mean([-1]" : "sum(-1")}, keepdim: true)";

    protected override string BatchSumText(string operand) => throw new NotSupportedException("A forward step has no sum over the sequences.");

    protected override string SpreadText(string operand, string length, bool isShared) => $"{operand} * ones({Scope.Input}.shape[0], {length}, dtype: {Scope.Input}.dtype)";

    private bool IsRead(CellState state) => Cell.Step.Forward.Any(statement => statement.Value.Parts().Contains(new Reference(state.Name, -1)));
}

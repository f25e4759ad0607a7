using RnnCompare.Cells;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations;

/// <summary>A cell that is its equations: its weights have the names and shapes that they have there.</summary>
/// <remarks>The first state is the hidden state; the others, side by side, are the cell state.</remarks>
public sealed class EquationCell : RecurrentCell
{
    /// <summary>Creates the cell of some equations.</summary>
    public EquationCell(CellEquations equations)
    {
        ArgumentNullException.ThrowIfNull(equations);
        Equations = equations;
    }

    /// <summary>The equations.</summary>
    public CellEquations Equations { get; }

    /// <inheritdoc/>
    public override string Name => Equations.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Gate> Gates => [];

    /// <inheritdoc/>
    public override bool HasCellState => Equations.States.Count > 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> States => [.. Equations.States.Select(state => state.Name)];

    /// <summary>The equations of any cell that has some: its own, or those of this project for a cell written by hand.</summary>
    /// <exception cref="NotSupportedException">Nobody has written them.</exception>
    public static CellEquations EquationsOf(RecurrentCell cell)
    {
        return cell switch
        {
            EquationCell own => own.Equations,
            { Name: var name } when BuiltInCells.Names.Contains(name) => BuiltInCells.Named(name),
            _ => throw new NotSupportedException($"The {cell} cell has no equations."),
        };
    }

    /// <inheritdoc/>
    public override int HiddenStateSize(int hiddenSize) => Equations.States[0].Length.Evaluate(Equations.LettersFor(1, hiddenSize));

    /// <inheritdoc/>
    public override int CellStateSize(int hiddenSize)
    {
        var letters = Equations.LettersFor(1, hiddenSize);
        return Equations.States.Skip(1).Sum(state => state.Length.Evaluate(letters));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CellTensor> Tensors(int inputSize, int hiddenSize)
    {
        var letters = Equations.LettersFor(inputSize, hiddenSize);
        var tensors = new List<CellTensor>();
        foreach (var group in Equations.Weights.GroupBy(TensorOf))
        {
            int[] first = [.. group.First().Shape.Axes.Select(axis => axis.Evaluate(letters))];
            int[] shape = first.Length == 0 ? [] : [group.Sum(weight => weight.Shape.Axes[0].Evaluate(letters)), .. first[1..]];
            tensors.Add(new(group.Key, shape, [.. group.Select(weight => BlockOf(weight, letters))]));
        }

        return tensors;
    }

    private string TensorOf(CellWeight weight) => Equations.Stacks.FirstOrDefault(stack => stack.Parts.Contains(weight.Name))?.Name ?? weight.Name;

    // b of f = σ(… + b), where a state's equation keeps f ⊙ of what the state was.
    private bool IsForgetBias(string weight)
    {
        const string Gate = "f";
        var keeps = Equations.Step.Forward.Any(statement => statement.Value.Parts().OfType<Times>().Any(times => times.Factors.Contains(new Reference(Gate)) && times.Factors.Contains(new Reference(statement.Name, -1))));
        return keeps && Equations.Step.Forward.FirstOrDefault(statement => statement.Name == Gate)?.Value is Apply { Argument: Sum sum } apply && (apply.Function == Function.Sigmoid || apply.Function == Function.HardSigmoid)
            && sum.Terms.Contains(new Term(new Reference(weight)));
    }

    private CellBlock BlockOf(CellWeight weight, Dictionary<string, int> letters)
    {
        int[] axes = [.. weight.Shape.Axes.Select(axis => axis.Evaluate(letters))];
        double? initial = double.IsNaN(weight.Initial) ? null : weight.Initial;
        if (axes is not [var rows, var columns])
        {
            var length = axes is [var only] ? only : 1;
            return new(1, length, length, length) { Initial = initial, IsForgetBias = IsForgetBias(weight.Name) };
        }

        // x·W feeds the columns of W, and so does Wᵀ·x.
        var product = Equations.Step.Forward.SelectMany(statement => statement.Value.Parts()).OfType<MatrixProduct>().First(product => product.Operands.Any(IsThis));
        var isRight = IsThis(product.Right);
        var unitsAreColumns = isRight == (isRight ? product.Right : product.Left) is Reference;
        var (units, inputs) = unitsAreColumns ? (columns, rows) : (rows, columns);
        return new(rows, columns, inputs, units)
        {
            IsMatrix = true,
            UnitsAreColumns = unitsAreColumns,
            ReadsInput = (isRight ? product.Left : product.Right) is Reference { Name: Scope.Input },
            Initial = initial,
        };

        bool IsThis(Expression operand) => operand switch
        {
            Transpose transpose => IsThis(transpose.Operand),
            Reference reference => reference.Name == weight.Name,
            _ => false,
        };
    }
}

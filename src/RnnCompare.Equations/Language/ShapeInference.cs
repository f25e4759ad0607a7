using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Finds what every name of a cell is, and its shape; refuses what does not fit.</summary>
/// <remarks>
/// A name that is no input, state or value of an earlier equation is a weight: a matrix where it stands in a product,
/// otherwise a vector with an element for each element beside it, unless a line <c>weight</c> says more.
/// </remarks>
internal sealed class ShapeInference
{
    private readonly CellText _cell;
    private readonly DimensionSolver _solver = new();
    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _writtenStates = [];
    private SourcePosition _position;

    private ShapeInference(CellText cell) => _cell = cell;

    public Scope Scope { get; } = new();

    /// <summary>The weights in the order in which they appear.</summary>
    public List<string> Weights { get; } = [];

    public static ShapeInference Of(CellText cell)
    {
        var inference = new ShapeInference(cell);
        inference.Run();
        return inference;
    }

    public Dimension Resolve(Dimension dimension) => _solver.Resolve(dimension);

    private void Run()
    {
        Declare(Scope.Input, VariableRole.Input, Shape.Vector(Dimension.I), new(1, 1));
        if (_cell.States.Count == 0)
        {
            throw new EquationException("The cell has no state: a line 'state h' declares what a step hands on to the next.", _cell.End);
        }

        foreach (var state in _cell.States)
        {
            Declare(state.Name, VariableRole.State, Shape.Vector(state.Length), state.Position);
        }

        foreach (var weight in _cell.Weights)
        {
            Declare(weight.Name, VariableRole.Weight, new(weight.Axes, true), weight.Position);
            Weights.Add(weight.Name);
        }

        var splits = new List<Dimension[]>();
        foreach (var equation in _cell.Equations)
        {
            ReadEquation(equation, splits);
        }

        // Where nothing else says how long the parts of a split are, they are equal.
        foreach (var parts in splits)
        {
            foreach (var part in parts.Where(part => DimensionSolver.IsUnknown(_solver.Resolve(part))))
            {
                _solver.Equate(part, parts[0], (a, b) => new($"The parts of a split have {a} and {b} elements, and they do not add up.", _position));
            }
        }

        // What nothing determines has as many elements as there are hidden units.
        foreach (var axis in Scope.Variables.SelectMany(variable => variable.Shape.Axes).SelectMany(axis => _solver.Resolve(axis).Letters.Where(DimensionSolver.IsUnknown)).Distinct().ToList())
        {
            _solver.Equate(Dimension.Letter(axis), Dimension.H, (a, b) => new($"A length is {a} and also {b}.", _position));
        }

        RequireUsed();
        if (Weights.Count == 0)
        {
            throw new EquationException("The cell has no weight: there is nothing in it to train.", _cell.End);
        }

        foreach (var variable in Scope.Variables.ToList())
        {
            Scope.Declare(variable with { Shape = _solver.Resolve(variable.Shape) });
        }
    }

    private void ReadEquation(EquationLine equation, List<Dimension[]> splits)
    {
        _position = equation.Position;
        var shape = ShapeOf(equation.Value);
        if (equation.Targets.Count > 1)
        {
            RequireVector(shape, equation.Value);
            Dimension[] parts = [.. equation.Targets.Select(_ => _solver.Fresh())];
            splits.Add(parts);
            for (var i = 0; i < parts.Length; i++)
            {
                Declare(equation.Targets[i], VariableRole.Value, Shape.Vector(parts[i]), equation.Position);
            }

            Equate(parts.Aggregate((a, b) => a + b), shape.Last, equation.Value, "the parts have {0} elements together, but what is split has {1}");
            return;
        }

        var name = equation.Targets[0];
        if (shape.IsShared)
        {
            throw new EquationException($"'{name}' depends on no input and no state.", equation.Position);
        }

        if (Scope.TryGet(name, out var state) && state.Role == VariableRole.State)
        {
            if (!_writtenStates.Add(name))
            {
                throw new EquationException($"{name}' has two equations.", equation.Position);
            }

            // A number is given to every element.
            if (!shape.IsScalar)
            {
                Equate(state.Shape.Last, shape.Last, equation.Value, $"the state '{name}' has {{0}} elements, but its equation gives {{1}}");
            }

            return;
        }

        Declare(name, VariableRole.Value, shape, equation.Position);
    }

    private void RequireUsed()
    {
        foreach (var state in _cell.States.Where(state => !_writtenStates.Contains(state.Name)))
        {
            throw new EquationException($"The state '{state.Name}' has no equation {state.Name}' = …", state.Position);
        }

        foreach (var variable in Scope.Variables.Where(variable => variable.Role is VariableRole.Weight or VariableRole.Value && !_used.Contains(variable.Name)))
        {
            throw new EquationException($"'{variable.Name}' is never used.", PositionOf(variable.Name));
        }
    }

    private SourcePosition PositionOf(string name)
    {
        return _cell.Equations.FirstOrDefault(equation => equation.Targets.Contains(name))?.Position
            ?? _cell.Weights.FirstOrDefault(weight => weight.Name == name)?.Position
            ?? _cell.Equations.Where(equation => equation.Value.Parts().Contains(new Reference(name))).Select(equation => equation.Position).FirstOrDefault(_cell.End);
    }

    private Shape ShapeOf(Expression expression)
    {
        switch (expression)
        {
            case Number:
                return Shape.Constant;
            case Reference reference:
                return ShapeOfName(reference);
            case MatrixProduct product:
                return ShapeOfProduct(product);
            case Transpose:
                throw Problem(expression, $"'{expression}' is transposed, but stands in no product");
            case Join join:
                return Shape.Vector(join.Blocks.Select(block => RequireVector(ShapeOf(block), block)).Aggregate((a, b) => a + b));
            case Slice slice:
                var whole = ShapeOf(slice.Operand);
                RequireVector(whole, slice.Operand);
                return whole with { Axes = [slice.Length] };
            case FeatureSum sum:
                var summed = ShapeOf(sum.Operand);
                RequireVector(summed, sum.Operand);
                return summed with { Axes = [] };
            default:
                return expression.Operands.Select(operand => (operand, ShapeOf(operand))).Aggregate(Combine).Item2;
        }
    }

    private (Expression, Shape) Combine((Expression, Shape) a, (Expression, Shape) b)
    {
        if (a.Item2.IsVector && b.Item2.IsVector)
        {
            Equate(a.Item2.Last, b.Item2.Last, b.Item1, $"'{a.Item1}' has {{0}} elements, but '{b.Item1}' has {{1}}");
        }

        return (a.Item2.IsVector ? a.Item1 : b.Item1, Shape.Combined(a.Item2, b.Item2));
    }

    private Shape ShapeOfName(Reference reference)
    {
        _used.Add(reference.Name);
        if (!Scope.TryGet(reference.Name, out var variable))
        {
            variable = DeclareWeight(reference, Shape.Weight(_solver.Fresh()));
        }

        if (variable.Shape.IsMatrix)
        {
            throw Problem(reference, $"'{reference.Name}' is a matrix, but stands in no product");
        }

        return variable.Role == VariableRole.State && reference.Shift == 0 && !_writtenStates.Contains(reference.Name)
            ? throw Problem(reference, $"{reference.Name}' is used before its equation")
            : variable.Shape;
    }

    private Shape ShapeOfProduct(MatrixProduct product)
    {
        if (ShapeOfMatrix(product.Right, product) is { } right)
        {
            Equate(RequireMoving(product.Left), right.Axes[0], product, $"'{product.Left}' has {{0}} elements, but '{product.Right}' has {{1}} rows");
            return Shape.Vector(right.Axes[1]);
        }

        if (ShapeOfMatrix(product.Left, product) is { } left)
        {
            Equate(RequireMoving(product.Right), left.Axes[1], product, $"'{product.Right}' has {{0}} elements, but '{product.Left}' has {{1}} columns");
            return Shape.Vector(left.Axes[0]);
        }

        throw Problem(product, $"'{product}' is a product of two vectors; element by element it is written ⊙ or *");
    }

    // The length of a vector that comes from an input or a state.
    private Dimension RequireMoving(Expression vector)
    {
        var shape = ShapeOf(vector);
        return shape is { IsVector: true, IsShared: true } ? throw Problem(vector, $"'{vector}' depends on no input and no state, but is multiplied by a matrix") : RequireVector(shape, vector);
    }

    // Null where the operand is a vector.
    private Shape? ShapeOfMatrix(Expression operand, MatrixProduct product)
    {
        if (operand is Transpose transpose)
        {
            return ShapeOfMatrix(transpose.Operand, product) is { } shape
                ? shape with { Axes = [shape.Axes[1], shape.Axes[0]] }
                : throw Problem(operand, $"'{transpose.Operand}' is a vector; only a weight is transposed");
        }

        if (operand is not Reference { } reference)
        {
            return null;
        }

        if (!Scope.TryGet(reference.Name, out var variable))
        {
            _used.Add(reference.Name);
            variable = DeclareWeight(reference, Shape.Weight(_solver.Fresh(), _solver.Fresh()));
        }

        if (!variable.Shape.IsMatrix)
        {
            return null;
        }

        _used.Add(reference.Name);
        return variable.Shape;
    }

    private Variable DeclareWeight(Reference reference, Shape shape)
    {
        Declare(reference.Name, VariableRole.Weight, shape, _cell.Map.PositionOf(reference, _position));
        Weights.Add(reference.Name);
        return Scope[reference.Name];
    }

    private void Declare(string name, VariableRole role, Shape shape, SourcePosition position)
    {
        if (Scope.TryGet(name, out _))
        {
            throw new EquationException($"'{name}' is declared twice.", position);
        }

        Scope.Declare(new(name, role, shape));
    }

    private Dimension RequireVector(Shape shape, Expression expression)
    {
        return shape.IsVector ? shape.Last : throw Problem(expression, $"'{expression}' is {shape}, but a vector is expected");
    }

    private void Equate(Dimension a, Dimension b, Expression where, string format)
    {
        var position = _cell.Map.PositionOf(where, _position);
        _solver.Equate(a, b, (x, y) => new(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Known(x), Known(y)) + ".", position));
    }

    private static string Known(Dimension dimension) => DimensionSolver.IsUnknown(dimension) ? "another number of" : dimension.ToString();

    private EquationException Problem(Expression where, string message) => new(message + ".", _cell.Map.PositionOf(where, _position));
}

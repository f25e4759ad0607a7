using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>The shapes of a cell's expressions while lengths are still unknown: what operands demand of each other is told to the solver.</summary>
/// <remarks>
/// A name that nobody declared is a weight: a matrix where it stands in a product, otherwise a vector with an element for each
/// element beside it.
/// </remarks>
internal sealed class ExpressionShapes(CellText cell)
{
    private readonly List<(Slice Slice, Dimension Whole, SourcePosition Position)> _slices = [];
    private SourcePosition _position;

    public Scope Scope { get; } = new();

    public DimensionSolver Solver { get; } = new();

    /// <summary>The weights in the order in which they appear.</summary>
    public List<string> Weights { get; } = [];

    /// <summary>The names that stand in an expression.</summary>
    public HashSet<string> Used { get; } = [];

    /// <summary>The states whose equation was read.</summary>
    public HashSet<string> WrittenStates { get; } = [];

    /// <summary>The shape of an expression of an equation; its slices are checked when every length is known.</summary>
    public Shape Of(Expression expression, SourcePosition position)
    {
        _position = position;
        return ShapeOf(expression);
    }

    /// <summary>Declares a name.</summary>
    public void Declare(string name, VariableRole role, Shape shape, SourcePosition position)
    {
        if (Scope.TryGet(name, out _))
        {
            throw new EquationException($"'{name}' is declared twice.", position);
        }

        Scope.Declare(new(name, role, shape));
    }

    /// <summary>The length of a vector.</summary>
    /// <exception cref="EquationException">It is none.</exception>
    public Dimension RequireVector(Shape shape, Expression expression)
    {
        return shape.IsVector ? shape.Last : throw Problem(expression, $"'{expression}' is {shape}, but a vector is expected");
    }

    /// <summary>Demands that two lengths are equal.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="where">The expression that demands it.</param>
    /// <param name="format">What to say where they are not, with {0} and {1} for them.</param>
    public void Equate(Dimension a, Dimension b, Expression where, string format)
    {
        var position = cell.Map.PositionOf(where, _position);
        Solver.Equate(a, b, (x, y) => new(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Known(x), Known(y)) + ".", position));
    }

    /// <summary>Makes sure that parts of vectors lie within them, as far as letters can be compared.</summary>
    public void RequireSlices()
    {
        foreach (var (slice, whole, position) in _slices)
        {
            var (end, length) = (slice.Start + slice.Length, Solver.Resolve(whole));
            if (length.IsLessThan(end) || Dimension.Zero.IsLessThan(Dimension.Zero - slice.Start) || slice.Length.IsLessThan(Dimension.Number(1)))
            {
                throw new EquationException($"'{slice}' is a part of {length} elements; expected one from 0 to {length} with an element at least.", cell.Map.PositionOf(slice, position));
            }
        }
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
                List<Shape> blocks = [.. join.Blocks.Select(ShapeOf)];
                return new([blocks.Zip(join.Blocks, RequireVector).Aggregate((a, b) => a + b)], blocks.All(block => block.IsShared));
            case Slice slice:
                var whole = ShapeOf(slice.Operand);
                _slices.Add((slice, RequireVector(whole, slice.Operand), _position));
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
        Used.Add(reference.Name);
        if (!Scope.TryGet(reference.Name, out var variable))
        {
            variable = DeclareWeight(reference, Shape.Weight(Solver.Fresh()));
        }

        if (variable.Shape.IsMatrix)
        {
            throw Problem(reference, $"'{reference.Name}' is a matrix, but stands in no product");
        }

        return variable.Role == VariableRole.State && reference.Shift == 0 && !WrittenStates.Contains(reference.Name)
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
            Used.Add(reference.Name);
            variable = DeclareWeight(reference, Shape.Weight(Solver.Fresh(), Solver.Fresh()));
        }

        if (!variable.Shape.IsMatrix)
        {
            return null;
        }

        Used.Add(reference.Name);
        return variable.Shape;
    }

    private Variable DeclareWeight(Reference reference, Shape shape)
    {
        Declare(reference.Name, VariableRole.Weight, shape, cell.Map.PositionOf(reference, _position));
        Weights.Add(reference.Name);
        return Scope[reference.Name];
    }

    private static string Known(Dimension dimension) => DimensionSolver.IsUnknown(dimension) ? "another number of" : dimension.ToString();

    private EquationException Problem(Expression where, string message) => new(message + ".", cell.Map.PositionOf(where, _position));
}

using System.Diagnostics.CodeAnalysis;

namespace RnnCompare.Equations.Expressions;

/// <summary>What a name stands for.</summary>
public enum VariableRole
{
    /// <summary>What enters a step.</summary>
    Input,

    /// <summary>What a step hands on to the next.</summary>
    State,

    /// <summary>What a step computes on its way.</summary>
    Value,

    /// <summary>What is trained.</summary>
    Weight,

    /// <summary>The derivative of the loss with respect to a value, state or input of a step.</summary>
    Adjoint,

    /// <summary>The part of a state's adjoint that arrives from the step after; written at step t − 1 by step t.</summary>
    Carry,

    /// <summary>The derivative of the loss with respect to a weight, a sum over steps and sequences.</summary>
    Gradient,
}

/// <summary>A name and what it stands for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it stands for.</param>
/// <param name="Shape">Its shape at one step.</param>
public sealed record Variable(string Name, VariableRole Role, Shape Shape);

/// <summary>The names of a program.</summary>
public sealed class Scope
{
    /// <summary>The name of what enters a step.</summary>
    public const string Input = "x";

    private readonly Dictionary<string, Variable> _variables = [];

    /// <summary>The names, in the order in which they were declared.</summary>
    public IEnumerable<Variable> Variables => _variables.Values;

    /// <summary>What a name stands for.</summary>
    /// <exception cref="KeyNotFoundException">Nothing.</exception>
    public Variable this[string name] => _variables[name];

    /// <summary>Whether a name stands for something, and for what.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Variable? variable) => _variables.TryGetValue(name, out variable);

    /// <summary>Declares a name, or what it stands for from now on.</summary>
    public void Declare(Variable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        _variables[variable.Name] = variable;
    }

    /// <summary>The shape of an expression over these names.</summary>
    /// <exception cref="ArgumentException">Operands do not fit each other.</exception>
    public Shape ShapeOf(Expression expression)
    {
        return expression switch
        {
            Number or Size => Shape.Constant,
            Reference reference => _variables[reference.Name].Shape,
            MatrixProduct product => ProductShape(ShapeOf(product.Left), ShapeOf(product.Right), product),
            Transpose transpose => Transposed(ShapeOf(transpose.Operand)),
            Join join => new([join.Blocks.Select(block => ShapeOf(block).Last).Aggregate((a, b) => a + b)], join.Blocks.All(block => ShapeOf(block).IsShared)),
            Slice slice => ShapeOf(slice.Operand) with { Axes = [slice.Length] },
            FeatureSum sum => ShapeOf(sum.Operand) with { Axes = [] },
            BatchSum sum => ShapeOf(sum.Operand) with { IsShared = true },
            Spread spread => ShapeOf(spread.Operand) with { Axes = [spread.Length] },
            _ => expression!.Operands.Select(ShapeOf).Aggregate(Shape.Combined),
        };
    }

    // A product of a vector that lies as a row or stands as a column and a matrix, or of two vectors, one of them transposed.
    private static Shape ProductShape(Shape left, Shape right, MatrixProduct product)
    {
        return (left.Axes.Count, right.Axes.Count) switch
        {
            (1, 2) => Shape.Vector(right.Axes[1]),
            (2, 1) => Shape.Vector(left.Axes[0]),
            (1, 1) => Shape.Weight(left.Last, right.Last),
            _ => throw new ArgumentException($"'{product}' is not a product of a vector and a matrix."),
        };
    }

    private static Shape Transposed(Shape shape) => shape.IsMatrix ? shape with { Axes = [shape.Axes[1], shape.Axes[0]] } : shape;
}

using System.Runtime.CompilerServices;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}");
}

/// <summary>Where the expressions that were read from a text stand in it.</summary>
/// <remarks>Beside the trees and not in them: two that say the same are equal wherever they stand.</remarks>
public sealed class SourceMap
{
    private readonly ConditionalWeakTable<Expression, object> _positions = [];

    /// <summary>Where an expression begins; where it was not read, the position that is given.</summary>
    public SourcePosition PositionOf(Expression expression, SourcePosition otherwise = default)
    {
        return _positions.TryGetValue(expression, out var position) ? (SourcePosition)position : otherwise;
    }

    internal TExpression Mark<TExpression>(TExpression expression, SourcePosition position)
        where TExpression : Expression
    {
        _positions.AddOrUpdate(expression, position);
        return expression;
    }
}

/// <summary>A text of equations that cannot be understood; the message says where, what stands there and what was expected.</summary>
public sealed class EquationException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="position">Where.</param>
    public EquationException(string message, SourcePosition position)
        : base($"{position}: {message}")
    {
        Position = position;
    }

    /// <summary>Where.</summary>
    public SourcePosition Position { get; }
}

using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>One way to type a statement otherwise.</summary>
/// <param name="Kind">What kind of slip it is.</param>
/// <param name="Apply">The statement as typed; null where a statement of another form has nothing of the kind.</param>
internal sealed record Rewrite(string Kind, Func<Statement, Statement?> Apply)
{
    /// <summary>A rewrite of one expression within the value.</summary>
    /// <param name="kind">What kind of slip it is.</param>
    /// <param name="path">Which operand of which operand it is.</param>
    /// <param name="change">The expression as typed; null where an expression of another form has nothing of the kind.</param>
    public static Rewrite At(string kind, IReadOnlyList<int> path, Func<Expression, Expression?> change)
    {
        return new(kind, statement => Changed(statement.Value, path, 0, change) is { } value ? statement with { Value = value } : null);
    }

    private static Expression? Changed(Expression expression, IReadOnlyList<int> path, int depth, Func<Expression, Expression?> change)
    {
        if (depth == path.Count)
        {
            return change(expression);
        }

        // What is read with other indices is a value and nothing else.
        if (expression is Reindexed || path[depth] >= expression.Operands.Count || Changed(expression.Operands[path[depth]], path, depth + 1, change) is not { } operand)
        {
            return null;
        }

        Expression[] operands = [.. expression.Operands];
        operands[path[depth]] = operand;
        return expression.WithOperands(operands);
    }
}

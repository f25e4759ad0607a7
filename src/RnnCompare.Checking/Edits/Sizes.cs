using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>Whether what was typed can be computed at all: the sizes of what is combined.</summary>
/// <param name="scope">What the program's names stand for.</param>
/// <param name="extents">The lengths of the program's loops.</param>
internal sealed class Sizes(Scope scope, Extents extents)
{
    /// <summary>Whether a statement's value has the size of its target.</summary>
    public bool Fit(Statement statement)
    {
        return Of(statement.Value) is { } sizes && (sizes.Length == 0 || sizes.SequenceEqual(Of(scope[statement.Name].Shape))) && scope.ShapeOf(statement.Value).IsShared == scope[statement.Name].Shape.IsShared;
    }

    private int[]? Of(Expression expression)
    {
        return expression switch
        {
            Number or Size => [],
            FeatureSum sum => Of(sum.Operand) is [_] ? [] : null,
            Reference reference => Of(scope[reference.Name].Shape),
            MatrixProduct product => OfProduct(OfFactor(product.Left), OfFactor(product.Right)),
            Transpose transpose => Of(transpose.Operand) is [var rows, var columns] ? [columns, rows] : null,
            Reindexed read => Of(read.Operand) is [var length] && AreThere(read, length) ? [length] : null,
            ReadMatrix read => Of(read.Matrix) is [var rows, var columns] && (rows == columns || read.Reading == MatrixReading.IndicesExchanged) ? [rows, columns] : null,
            Selected or RunningSum => Of(expression.Operands[0]) is [_] ? Combined([.. expression.Operands.Select(Of)]) : null,
            Join or Slice or Spread => Of(scope.ShapeOf(expression)),
            _ => Combined([.. expression.Operands.Select(Of)]),
        };
    }

    // A vector may lie or stand in a product, and nowhere else.
    private int[]? OfFactor(Expression factor) => factor is Transpose { Operand: var vector } && Of(vector) is [_] sizes ? sizes : Of(factor);

    private static int[]? OfProduct(int[]? left, int[]? right)
    {
        return (left, right) switch
        {
            ([var a], [var b, var c]) when a == b => [c],
            ([var a, var b], [var c]) when b == c => [a],
            ([var a], [var b]) => [a, b],
            _ => null,
        };
    }

    private static int[]? Combined(int[]?[] all)
    {
        var widest = all.MaxBy(sizes => sizes?.Length ?? 0) ?? [];
        return all.All(sizes => sizes is not null && (sizes.Length == 0 || sizes.SequenceEqual(widest))) ? widest : null;
    }

    // Whether an index stays within the lengths of the axis that is read with it.
    private bool AreThere(Reindexed read, int length)
    {
        var hasInitial = scope[read.Operand.Name].Role is VariableRole.State or VariableRole.Input;
        if (read.Step == AxisIndex.RowsExchanged)
        {
            return extents.BatchSize > 1 && (((extents.BatchSize - 1) * extents.BatchSize) + extents.Steps - 1) / extents.BatchSize <= extents.Steps - 1 - read.Operand.Shift;
        }

        return Fits(read.Step, extents.Steps - 1 - read.Operand.Shift, hasInitial ? -1 - read.Operand.Shift : 0) && Fits(read.Sequence, extents.BatchSize - 1) && Fits(read.Feature, length - 1);

        bool Fits(AxisIndex index, int last, int first = 0)
        {
            var count = index.Axis switch { StepAxis.Step => extents.Steps, StepAxis.Sequence => extents.BatchSize, StepAxis.Feature => length, _ => 1 };
            return index.Place >= first && index.Place + count - 1 <= last;
        }
    }

    private int[] Of(Shape shape) => [.. shape.Axes.Select(axis => axis.Evaluate(extents.Letters))];
}

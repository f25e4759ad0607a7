using System.Numerics;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Running;

/// <summary>Binds expressions to memory.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Binder<T>(Scope scope, StepMemory<T> memory)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Binds an expression.</summary>
    /// <exception cref="ArgumentException">Operands do not fit each other.</exception>
    public Node<T> Bind(Expression expression)
    {
        return expression switch
        {
            Number number => new ConstantNode<T>(T.CreateTruncating(number.Value)) { IsVector = false, IsShared = true, Columns = 1 },
            Size size => new ConstantNode<T>(T.CreateTruncating(size.Length.Evaluate(memory.Letters))) { IsVector = false, IsShared = true, Columns = 1 },
            Reference reference => BindReference(reference),
            Sum sum => BindSum(sum.Terms),
            Times times => BindTimes(times),
            Quotient quotient => BindQuotient(quotient),
            Power power => Like(Bind(power.Base), operand => new PowerNode<T>(operand, power.Exponent) { IsVector = operand.IsVector, IsShared = operand.IsShared, Columns = operand.Columns, MatrixRows = operand.MatrixRows }),
            Apply apply => Like(Bind(apply.Argument), operand => new ApplyNode<T>(apply.Function, operand, memory.Disturbance) { IsVector = operand.IsVector, IsShared = operand.IsShared, Columns = operand.Columns, MatrixRows = operand.MatrixRows }),
            MatrixProduct product => BindProduct(product),
            Transpose transpose => BindTranspose(transpose),
            Join join => BindJoin(join),
            Slice slice => BindSlice(slice),
            FeatureSum sum => Like(Vector(sum.Operand), operand => new FeatureSumNode<T>(operand, sum.IsMean) { IsVector = false, IsShared = operand.IsShared, Columns = 1 }),
            BatchSum sum => Like(Bind(sum.Operand), operand => new BatchSumNode<T>(operand) { IsVector = operand.IsVector, IsShared = true, Columns = operand.Columns }),
            Spread spread => Like(Bind(spread.Operand), operand => new SpreadNode<T>(operand) { IsVector = true, IsShared = operand.IsShared, Columns = spread.Length.Evaluate(memory.Letters) }),
            Selected selected => Like(Vector(selected.Operand), operand => new SelectedNode<T>(operand, selected.Axis, selected.Kept, memory.Steps, memory.BatchSize, memory.IsReverse) { IsVector = true, IsShared = operand.IsShared, Columns = operand.Columns }),
            Reindexed read => Like(memory.Declare(scope[read.Operand.Name]), operand => new ReindexedNode<T>(operand, read, memory.Steps, memory.BatchSize, memory.IsReverse) { IsVector = true, IsShared = false, Columns = operand.Columns }),
            RunningSum sum => Like(Vector(sum.Operand), operand => new RunningSumNode<T>(operand, sum.Before is null ? null : BindReference(sum.Before), memory.BatchSize) { IsVector = true, IsShared = false, Columns = operand.Columns }),
            _ => throw new NotSupportedException(expression?.GetType().Name),
        };
    }

    /// <summary>Binds a sum of some terms.</summary>
    public Node<T> BindSum(IReadOnlyList<Term> terms)
    {
        Node<T>[] nodes = [.. terms.Select(term => Bind(term.Value))];
        var (isVector, isShared, columns, rows) = Combine(nodes);
        return new SumNode<T>(nodes, [.. terms.Select(term => term.IsNegative)]) { IsVector = isVector, IsShared = isShared, Columns = columns, MatrixRows = rows };
    }

    private static Node<T> Like<TOperand>(TOperand operand, Func<TOperand, Node<T>> make) => make(operand);

    private Node<T> BindReference(Reference reference)
    {
        var operand = memory.Declare(scope[reference.Name]);
        if (reference.Beside != 0)
        {
            return new MovedNode<T>(operand, memory.RowsAway(reference.Shift), reference.Beside) { IsVector = true, IsShared = false, Columns = operand.Columns };
        }

        return new ReferenceNode<T>(operand, memory.RowsAway(reference.Shift))
        {
            IsVector = operand.IsVector,
            IsShared = operand.IsShared,
            Columns = operand.Columns,
            MatrixRows = operand.IsShared ? operand.Rows : 1,
        };
    }

    private TimesNode<T> BindTimes(Times times)
    {
        // A factor of the plain form goes first, where there is one.
        var parts = times.Factors.Select(FormOf).OrderBy(part => part.Form == TimesNode<T>.Form.Plain ? 0 : 1).ToList();
        Node<T>[] nodes = [.. parts.Select(part => Bind(part.Operand))];
        var (isVector, isShared, columns, rows) = Combine(nodes);
        if (nodes[0].IsVector != isVector || nodes[0].IsShared != isShared)
        {
            // A factor of the result's own size is best to start from.
            var full = Array.FindIndex(nodes, node => node.IsVector == isVector && node.IsShared == isShared);
            if (full > 0 && parts[full].Form == TimesNode<T>.Form.Plain)
            {
                (nodes[0], nodes[full]) = (nodes[full], nodes[0]);
                (parts[0], parts[full]) = (parts[full], parts[0]);
            }
        }

        return new(nodes, [.. parts.Select(part => part.Form)]) { IsVector = isVector, IsShared = isShared, Columns = columns, MatrixRows = rows };
    }

    private static (TimesNode<T>.Form Form, Expression Operand) FormOf(Expression factor)
    {
        return factor switch
        {
            Sum { Terms: [{ IsNegative: false, Value: Number { Value: 1 } }, { IsNegative: true, Value: Power { Exponent: 2, Base: Reference square } }] } => (TimesNode<T>.Form.OneMinusSquare, square),
            Sum { Terms: [{ IsNegative: false, Value: Number { Value: 1 } }, { IsNegative: true, Value: Reference value }] } => (TimesNode<T>.Form.OneMinus, value),
            _ => (TimesNode<T>.Form.Plain, factor),
        };
    }

    private QuotientNode<T> BindQuotient(Quotient quotient)
    {
        var (numerator, denominator) = (Bind(quotient.Numerator), Bind(quotient.Denominator));
        var (isVector, isShared, columns, rows) = Combine([numerator, denominator]);
        return new(numerator, denominator) { IsVector = isVector, IsShared = isShared, Columns = columns, MatrixRows = rows };
    }

    private Node<T> BindProduct(MatrixProduct product)
    {
        if (MatrixOf(product.Right) is var (right, isRightTransposed))
        {
            return BindVectorMatrix(Vector(product.Left), right, isRightTransposed, product);
        }

        if (MatrixOf(product.Left) is var (left, isLeftTransposed))
        {
            // W·x of a column is x·Wᵀ of a row.
            return BindVectorMatrix(Vector(product.Right), left, !isLeftTransposed, product);
        }

        var (a, b) = (Vector(Untransposed(product.Left)), Vector(Untransposed(product.Right)));
        return new OuterNode<T>(a, b, memory.BatchSize, memory.Workers) { IsVector = true, IsShared = true, MatrixRows = a.Columns, Columns = b.Columns };
    }

    private VectorMatrixNode<T> BindVectorMatrix(Node<T> vector, Operand<T> weight, bool isTransposed, MatrixProduct product)
    {
        var (rows, columns) = isTransposed ? (weight.Columns, weight.Rows) : (weight.Rows, weight.Columns);
        return vector.Columns == rows
            ? new(vector, weight, isTransposed, memory.BatchSize, memory.Workers, isFixed: scope[weight.Name].Role == VariableRole.Weight) { IsVector = true, IsShared = false, Columns = columns }
            : throw new ArgumentException($"'{product}' is a product of {vector.Columns} elements and {rows} rows.");
    }

    private (Operand<T> Weight, bool IsTransposed)? MatrixOf(Expression expression)
    {
        return expression switch
        {
            Transpose transpose => MatrixOf(transpose.Operand) is var (weight, isTransposed) ? (weight, !isTransposed) : null,
            ReadMatrix read => MatrixOf(read.Matrix) is var (weight, isTransposed) ? (ReadMatrixOperand.Of(weight, isTransposed, read.Reading), false) : null,
            Reference reference when scope[reference.Name].Shape.IsMatrix => (memory.Declare(scope[reference.Name]), false),
            _ => null,
        };
    }

    private static Expression Untransposed(Expression expression) => expression is Transpose transpose ? transpose.Operand : expression;

    private Node<T> BindTranspose(Transpose transpose)
    {
        var operand = Bind(transpose.Operand);
        return operand.IsShared
            ? new TransposeNode<T>(operand) { IsVector = operand.IsVector, IsShared = true, MatrixRows = operand.Columns, Columns = operand.MatrixRows }
            : throw new ArgumentException($"'{transpose}' transposes a vector outside of a product.");
    }

    private JoinNode<T> BindJoin(Join join)
    {
        Node<T>[] blocks = [.. join.Blocks.Select(Vector)];
        return new(blocks) { IsVector = true, IsShared = blocks.All(block => block.IsShared), Columns = blocks.Sum(block => block.Columns) };
    }

    private SliceNode<T> BindSlice(Slice slice)
    {
        var (operand, start, length) = (Vector(slice.Operand), slice.Start.Evaluate(memory.Letters), slice.Length.Evaluate(memory.Letters));
        return start >= 0 && length >= 0 && start + length <= operand.Columns
            ? new(operand, start) { IsVector = true, IsShared = operand.IsShared, Columns = length }
            : throw new ArgumentException($"'{slice}' is a part of {operand.Columns} elements from {start} to {start + length}.");
    }

    private Node<T> Vector(Expression expression)
    {
        var node = Bind(expression);
        return node.IsVector && node.MatrixRows == 1 ? node : throw new ArgumentException($"'{expression}' is not a vector.");
    }

    private static (bool IsVector, bool IsShared, int Columns, int Rows) Combine(Node<T>[] nodes)
    {
        var (isVector, isShared) = (nodes.Any(node => node.IsVector), nodes.All(node => node.IsShared));
        var (columns, rows) = (nodes.Max(node => node.Columns), nodes.Max(node => node.MatrixRows));
        var misfit = nodes.FirstOrDefault(node => node.IsVector && (node.Columns != columns || node.MatrixRows != rows));
        return misfit is null
            ? (isVector, isShared, columns, rows)
            : throw new ArgumentException($"{misfit.Columns} elements are combined with {columns}.");
    }
}

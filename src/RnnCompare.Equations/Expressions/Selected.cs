using System.Globalization;

namespace RnnCompare.Equations.Expressions;

/// <summary>The axes of a value over all steps: (T, B, features).</summary>
public enum StepAxis
{
    /// <summary>t.</summary>
    Step,

    /// <summary>The sequences of the batch.</summary>
    Sequence,

    /// <summary>The elements of the vector.</summary>
    Feature,
}

/// <summary>Which places along an axis keep their values.</summary>
public enum Places
{
    /// <summary>The first alone.</summary>
    First,

    /// <summary>The last alone.</summary>
    Last,

    /// <summary>All but the first.</summary>
    AllButFirst,

    /// <summary>All but the last.</summary>
    AllButLast,

    /// <summary>The second alone.</summary>
    Second,

    /// <summary>The last but one alone.</summary>
    LastButOne,

    /// <summary>All but the first two.</summary>
    AllButFirstTwo,

    /// <summary>All but the last two.</summary>
    AllButLastTwo,
}

/// <summary>A value with zeros everywhere else along an axis: what a loop leaves that runs too short, or that assigns where it should add. No cell is written so; edits of programs are.</summary>
/// <param name="Operand">The value.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Kept">The places that keep their values; of steps, those in the order in which the forward pass computes them.</param>
public sealed record Selected(Expression Operand, StepAxis Axis, Places Kept) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Operand = operands[0] };
}

/// <summary>A value to which that of every earlier sequence of the batch is added: what a loop over sequences leaves that adds where it should assign. No cell is written so; edits of programs are.</summary>
/// <param name="Operand">The value.</param>
/// <param name="Before">A value whose last sequence is where the sum begins; null for zero.</param>
public sealed record RunningSum(Expression Operand, Reference? Before) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => Before is null ? [Operand] : [Operand, Before];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new RunningSum(operands[0], Before is null ? null : (Reference)operands[1]);
}

/// <summary>The index with which an axis of a value is read.</summary>
/// <param name="Axis">The axis whose index it is; null for a fixed place.</param>
/// <param name="Place">The fixed place, from 0, or what is added to the index; of steps in the order in which the forward pass computes them.</param>
public sealed record AxisIndex(StepAxis? Axis, int Place)
{
    /// <summary>The index of an axis.</summary>
    public static AxisIndex Of(StepAxis axis, int offset = 0) => new(axis, offset);

    /// <summary>Of a flat array with B rows for each step, the row b·B + t where t·B + b belongs: its step and sequence.</summary>
    public static AxisIndex RowsExchanged { get; } = new(null, -1);

    /// <summary>A fixed place.</summary>
    public static AxisIndex At(int place) => new(null, place);

    /// <inheritdoc/>
    public override string ToString() => this == RowsExchanged ? "of row b·B + t" : Axis is null ? $"{Place + 1}" : Name + (Place == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Place:+0;-0}"));

    private string Name => Axis switch { StepAxis.Step => "t", StepAxis.Sequence => "b", _ => "j" };
}

/// <summary>A value that is read with other indices than (t, b, j): those of other loops, or fixed ones. No cell is written so; edits of programs are.</summary>
/// <param name="Operand">The value, of every step and sequence.</param>
/// <param name="Step">In place of t.</param>
/// <param name="Sequence">In place of b.</param>
/// <param name="Feature">In place of j.</param>
/// <param name="IsOfBackwardPass">Whether the backward pass computes it: then steps that it has not come to are zero.</param>
public sealed record Reindexed(Reference Operand, AxisIndex Step, AxisIndex Sequence, AxisIndex Feature, bool IsOfBackwardPass) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Operand = (Reference)operands[0] };
}

/// <summary>A matrix whose elements are not read where they are.</summary>
public enum MatrixReading
{
    /// <summary>Zeros above the diagonal.</summary>
    Lower,

    /// <summary>Zeros below the diagonal.</summary>
    Upper,

    /// <summary>The element (i, j) is read where (j, i) would lie if rows were as long as they are: at j·columns + i of all elements.</summary>
    IndicesExchanged,
}

/// <summary>A weight read otherwise in a product: what a loop leaves that assigns where it should add, or a flat index with its loops exchanged. No cell is written so; edits of programs are.</summary>
/// <param name="Matrix">The weight, or its transpose.</param>
/// <param name="Reading">How it is read.</param>
public sealed record ReadMatrix(Expression Matrix, MatrixReading Reading) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Matrix];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Matrix = operands[0] };
}

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

using RnnCompare.Equations.Printing;

namespace RnnCompare.Equations.Expressions;

/// <summary>One side of an equation, as an immutable tree that equals another of the same form.</summary>
/// <remarks>
/// Values are of one step. Sums and products element by element have any number of operands, as people write them;
/// shapes follow from the names (<see cref="Scope.ShapeOf"/>), places in a text from <see cref="Language.SourceMap"/>.
/// </remarks>
public abstract record Expression
{
    /// <summary>What it is made of, in the order in which it is written.</summary>
    public virtual IReadOnlyList<Expression> Operands => [];

    /// <summary>The same with other operands.</summary>
    /// <param name="operands">As many as <see cref="Operands"/>.</param>
    public virtual Expression WithOperands(IReadOnlyList<Expression> operands) => this;

    /// <summary>The same with every part replaced that a rule replaces; parts of a replaced part are left alone.</summary>
    /// <param name="rule">Gives the replacement of a part, or null to look at its operands.</param>
    public Expression Replace(Func<Expression, Expression?> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule(this) is { } replacement)
        {
            return replacement;
        }

        return Operands.Count == 0 ? this : WithOperands([.. Operands.Select(operand => operand.Replace(rule))]);
    }

    /// <summary>This and everything below it, in the order in which it is written.</summary>
    public IEnumerable<Expression> Parts() => Operands.SelectMany(operand => operand.Parts()).Prepend(this);

    /// <summary>The expression as text.</summary>
    public sealed override string ToString() => TextPrinter.Print(this);
}

/// <summary>A number in the text.</summary>
/// <param name="Value">Its value.</param>
public sealed record Number(double Value) : Expression;

/// <summary>The length of an axis as a number: what a mean divides by.</summary>
/// <param name="Length">The axis.</param>
public sealed record Size(Dimension Length) : Expression;

/// <summary>A value, a state, an input or a weight.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shift">The step that is meant: 0 for this one, −1 for the one before it in the order of the computation, +1 for the one after.</param>
/// <param name="Beside">How many elements further each element is read, in memory, where steps, sequences and elements lie behind one another. No cell is written so; edits of programs are.</param>
public sealed record Reference(string Name, int Shift = 0, int Beside = 0) : Expression;

/// <summary>A term of a sum.</summary>
/// <param name="Value">The term.</param>
/// <param name="IsNegative">Whether it is subtracted.</param>
public sealed record Term(Expression Value, bool IsNegative = false);

/// <summary>a + b − c …, element by element; a single negative term is a negation.</summary>
/// <param name="Terms">At least one.</param>
public sealed record Sum(ValueList<Term> Terms) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [.. Terms.Select(term => term.Value)];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new Sum([.. Terms.Select((term, i) => term with { Value = operands[i] })]);
}

/// <summary>a ⊙ b ⊙ c …, element by element.</summary>
/// <param name="Factors">At least two.</param>
public sealed record Times(ValueList<Expression> Factors) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => Factors;

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new Times([.. operands]);
}

/// <summary>a / b, element by element.</summary>
/// <param name="Numerator">a.</param>
/// <param name="Denominator">b.</param>
public sealed record Quotient(Expression Numerator, Expression Denominator) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Numerator, Denominator];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new Quotient(operands[0], operands[1]);
}

/// <summary>aᵏ, element by element, with a constant exponent.</summary>
/// <param name="Base">a.</param>
/// <param name="Exponent">k.</param>
public sealed record Power(Expression Base, double Exponent) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Base];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Base = operands[0] };
}

/// <summary>A function of every element, or (softmax) of every row.</summary>
/// <param name="Function">The function.</param>
/// <param name="Argument">What it is applied to.</param>
public sealed record Apply(Function Function, Expression Argument) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Argument];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Argument = operands[0] };
}

/// <summary>A product of matrices: <c>x·W</c> with a vector as a row, <c>W·x</c> with a vector as a column, or <c>xᵀ·d</c>, the outer product of two vectors summed over the sequences.</summary>
/// <param name="Left">The left factor.</param>
/// <param name="Right">The right factor.</param>
public sealed record MatrixProduct(Expression Left, Expression Right) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Left, Right];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new MatrixProduct(operands[0], operands[1]);
}

/// <summary>aᵀ.</summary>
/// <param name="Operand">A matrix, or in an outer product a vector.</param>
public sealed record Transpose(Expression Operand) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new Transpose(operands[0]);
}

/// <summary>[a; b; …]: vectors behind each other.</summary>
/// <param name="Blocks">The vectors.</param>
public sealed record Join(ValueList<Expression> Blocks) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => Blocks;

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new Join([.. operands]);
}

/// <summary>a[start:end]: a part of a vector.</summary>
/// <param name="Operand">The vector.</param>
/// <param name="Start">Its first element.</param>
/// <param name="Length">The number of elements.</param>
public sealed record Slice(Expression Operand, Dimension Start, Dimension Length) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Operand = operands[0] };
}

/// <summary>The sum or the mean over the elements of a vector.</summary>
/// <param name="Operand">The vector.</param>
/// <param name="IsMean">Whether the sum is divided by the number of elements.</param>
public sealed record FeatureSum(Expression Operand, bool IsMean) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Operand = operands[0] };
}

/// <summary>Σ_b: the sum over the sequences of a batch, by which the gradient of a bias is one bias and not B.</summary>
/// <param name="Operand">A number or a vector of each sequence.</param>
public sealed record BatchSum(Expression Operand) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => new BatchSum(operands[0]);
}

/// <summary>A number as a vector whose elements are all that number.</summary>
/// <param name="Operand">The number.</param>
/// <param name="Length">The number of elements.</param>
public sealed record Spread(Expression Operand, Dimension Length) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Operands => [Operand];

    /// <inheritdoc/>
    public override Expression WithOperands(IReadOnlyList<Expression> operands) => this with { Operand = operands[0] };
}

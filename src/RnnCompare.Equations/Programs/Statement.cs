using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Programs;

/// <summary>One line of a program: what it computes and where that goes.</summary>
/// <param name="Target">The value that is written; a carry is written at the step before.</param>
/// <param name="Value">What is computed.</param>
/// <param name="Adds">Whether it is added to what is there, as the sums over the steps are.</param>
/// <remarks>A program has one statement for each target, so the target's name is the statement's.</remarks>
public sealed record Statement(Reference Target, Expression Value, bool Adds = false)
{
    /// <summary>The target's name, by which the statement is found.</summary>
    public string Name => Target.Name;

    /// <inheritdoc/>
    public override string ToString() => $"{Target} {(Adds ? "+=" : "=")} {Value}";
}

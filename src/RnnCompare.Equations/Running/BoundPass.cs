using System.Numerics;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Running;

/// <summary>The statements of one pass, bound to where their values stand.</summary>
/// <param name="Statements">The bound statements.</param>
/// <param name="Source">The statements.</param>
/// <param name="Reads">The names that each of them reads, sorted.</param>
/// <param name="Phases">When each of them is computed.</param>
internal sealed record BoundPass<T>(BoundStatement<T>[] Statements, ValueList<Statement> Source, string[][] Reads, Phase[] Phases)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Binds a pass.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="scope">What the names stand for.</param>
    /// <param name="memory">Where their values stand.</param>
    /// <param name="like">A pass bound to the same memory whose statements are used again where they are the same; null for none.</param>
    /// <exception cref="ArgumentException">A statement does not fit; the message names it.</exception>
    public static BoundPass<T> Of(ValueList<Statement> statements, Scope scope, StepMemory<T> memory, BoundPass<T>? like)
    {
        bool IsSame(int i) => like is not null && ReferenceEquals(like.Source[i], statements[i]);
        string[][] reads = [.. Enumerable.Range(0, statements.Count).Select(i => IsSame(i) ? like!.Reads[i] : Names(statements[i].Value))];
        var phases = like is not null && Enumerable.Range(0, reads.Length).All(i => IsSame(i) || reads[i].AsSpan().SequenceEqual(like.Reads[i])) ? like.Phases : Running.Phases.Of(statements, reads, scope);
        var later = new HashSet<string>(Enumerable.Range(0, reads.Length).Where(i => phases[i] != Phase.Before).Select(i => statements[i].Name));
        var areSamePhases = like is not null && phases.AsSpan().SequenceEqual(like.Phases);
        return new(
            [.. Enumerable.Range(0, reads.Length).Select(i => areSamePhases && IsSame(i) ? like!.Statements[i] : new BoundStatement<T>(statements[i], scope, memory, phases[i], name => !later.Contains(name)))],
            statements,
            reads,
            phases);
    }

    private static string[] Names(Expression expression) => [.. expression.Parts().OfType<Reference>().Select(reference => reference.Name).Distinct().Order(StringComparer.Ordinal)];
}

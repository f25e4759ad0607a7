using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Programs;

/// <summary>What is done at every step: forward in the order of time, and backward against it. Immutable; an edited program is a copy.</summary>
public sealed record StepProgram
{
    /// <summary>What every name stands for.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The statements of a forward step, in their order.</summary>
    public required ValueList<Statement> Forward { get; init; }

    /// <summary>The statements of a backward step, in their order: adjoints, sums of the weights, carries to the step before.</summary>
    public required ValueList<Statement> Backward { get; init; }

    /// <summary>The statement that writes a name.</summary>
    /// <exception cref="KeyNotFoundException">No statement does.</exception>
    public Statement this[string name] => Forward.Concat(Backward).FirstOrDefault(statement => statement.Name == name) ?? throw new KeyNotFoundException($"No statement writes '{name}'.");

    /// <summary>The program with one statement in place of the one that writes the same name.</summary>
    /// <exception cref="KeyNotFoundException">No statement does.</exception>
    public StepProgram With(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return IndexOf(Forward) is >= 0 and var i ? this with { Forward = Forward.With(i, statement) }
            : IndexOf(Backward) is >= 0 and var j ? this with { Backward = Backward.With(j, statement) }
            : throw new KeyNotFoundException($"No statement writes '{statement.Name}'.");

        int IndexOf(ValueList<Statement> statements)
        {
            for (var i = 0; i < statements.Count; i++)
            {
                if (statements[i].Name == statement.Name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}

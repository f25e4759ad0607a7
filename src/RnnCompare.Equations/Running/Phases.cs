using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Running;

/// <summary>When a statement is computed.</summary>
internal enum Phase
{
    /// <summary>Before the loop over the steps, for all of them at once: nothing in it depends on another step.</summary>
    Before,

    /// <summary>In the loop.</summary>
    Loop,

    /// <summary>After the loop, for all steps at once: no step depends on it.</summary>
    After,
}

/// <summary>Finds which statements have to be computed step by step.</summary>
internal static class Phases
{
    /// <summary>The phase of every statement.</summary>
    /// <param name="statements">The statements of a pass.</param>
    /// <param name="scope">What the names stand for.</param>
    public static Dictionary<string, Phase> Of(IReadOnlyList<Statement> statements, Scope scope)
    {
        var reads = statements.ToDictionary(statement => statement.Name, statement => Names(statement.Value));
        var before = statements.ToDictionary(statement => statement.Name, statement => Reachable(statement.Name, reads));
        var loop = statements.Select(statement => statement.Name).Where(IsInLoop).ToHashSet();
        return statements.ToDictionary(statement => statement.Name, statement => PhaseOf(statement.Name));

        bool IsInLoop(string name) => before[name].Contains(name) || scope[name].Role is VariableRole.State or VariableRole.Carry;

        Phase PhaseOf(string name)
        {
            if (loop.Contains(name) || (before[name].Overlaps(loop) && loop.Any(other => before[other].Contains(name))))
            {
                return Phase.Loop;
            }

            return before[name].Overlaps(loop) || scope[name].Role == VariableRole.Gradient ? Phase.After : Phase.Before;
        }
    }

    private static HashSet<string> Names(Expression expression) => [.. expression.Parts().OfType<Reference>().Select(reference => reference.Name)];

    // Everything that a name's value depends on within the pass.
    private static HashSet<string> Reachable(string name, Dictionary<string, HashSet<string>> reads)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(reads[name]);
        while (open.TryPop(out var next))
        {
            if (reads.TryGetValue(next, out var further) && found.Add(next))
            {
                foreach (var other in further)
                {
                    open.Push(other);
                }
            }
        }

        return found;
    }
}

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
    private const int Bits = 64;

    /// <summary>The phase of every statement.</summary>
    /// <param name="statements">The statements of a pass.</param>
    /// <param name="reads">The names that each of them reads.</param>
    /// <param name="scope">What the names stand for.</param>
    public static Phase[] Of(IReadOnlyList<Statement> statements, IReadOnlyList<string[]> reads, Scope scope)
    {
        var (count, places) = (statements.Count, new Dictionary<string, int>());
        for (var i = 0; i < count; i++)
        {
            places[statements[i].Name] = i;
        }

        // A bit for each statement that another depends on, directly and then through others.
        var before = new ulong[count][];
        for (var i = 0; i < count; i++)
        {
            before[i] = new ulong[(count + Bits - 1) / Bits];
            foreach (var name in reads[i])
            {
                if (places.TryGetValue(name, out var place))
                {
                    before[i][place / Bits] |= 1UL << (place % Bits);
                }
            }
        }

        for (var through = 0; through < count; through++)
        {
            for (var i = 0; i < count; i++)
            {
                for (var word = 0; Depends(i, through) && word < before[i].Length; word++)
                {
                    before[i][word] |= before[through][word];
                }
            }
        }

        int[] loop = [.. Enumerable.Range(0, count).Where(i => Depends(i, i) || RoleOf(i) is VariableRole.State or VariableRole.Carry)];
        return [.. Enumerable.Range(0, count).Select(PhaseOf)];

        Phase PhaseOf(int i)
        {
            var isAfter = Array.Exists(loop, other => Depends(i, other));
            if (Array.IndexOf(loop, i) >= 0 || (isAfter && Array.Exists(loop, other => Depends(other, i))))
            {
                return Phase.Loop;
            }

            return isAfter || RoleOf(i) == VariableRole.Gradient ? Phase.After : Phase.Before;
        }

        VariableRole RoleOf(int i) => scope[statements[i].Name].Role;

        bool Depends(int i, int other) => (before[i][other / Bits] & (1UL << (other % Bits))) != 0;
    }
}

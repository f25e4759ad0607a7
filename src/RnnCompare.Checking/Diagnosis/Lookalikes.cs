using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Finds the mistakes that a batch cannot tell from one another, because they leave the same numbers on it.</summary>
public static class Lookalikes
{
    /// <summary>Compares every visible mistake of the catalogue with every other.</summary>
    /// <param name="prototype">A right program: its weights, its batch, and the arrays that it gives.</param>
    /// <returns>Pairs of names; each stands for at least one choice of parameters.</returns>
    public static IReadOnlyList<(string First, string Second)> Find(Prototype prototype)
    {
        ArgumentNullException.ThrowIfNull(prototype);
        var replay = new ReplayedPass<double>(prototype.Weights, prototype.Batch, Arithmetic<double>.Plain);
        var evidence = new Evidence(prototype, prototype.Claims, replay, new(prototype.Weights, prototype.Batch, replay));
        double[][] units = [.. evidence.Names.Select(name => evidence.Floor.Units(prototype.Weights.Spec, name, evidence.Claim(name)))];
        NdArray<double>[] right = [.. evidence.Names.Select(evidence.Claim)];
        var visible = FaultCatalogue.For(ClaimedParameters.Of(prototype, prototype.Claims))
            .Where(fault => (fault.Edits & Statement.Clipping) == 0)
            .Select(fault => (fault.Id, Arrays: evidence.Names.Select(name => replay.Values(name, fault.Edit(Variant.Right))).ToArray()))
            .Where(fault => !Same(fault.Arrays, right))
            .ToArray();
        var pairs = new HashSet<(string, string)>();
        for (var i = 0; i < visible.Length; i++)
        {
            for (var j = i + 1; j < visible.Length; j++)
            {
                var pair = (visible[i].Id, visible[j].Id);
                if (pair.Item1 != pair.Item2 && !pairs.Contains(pair) && Same(visible[i].Arrays, visible[j].Arrays))
                {
                    pairs.Add(pair);
                }
            }
        }

        return [.. pairs];

        bool Same(NdArray<double>[] a, NdArray<double>[] b)
        {
            return Enumerable.Range(0, a.Length).All(array => PartDistance.Worst(a[array], b[array], units[array]) <= Evidence.Limit);
        }
    }
}

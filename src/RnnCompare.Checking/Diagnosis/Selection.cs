using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Which of the mistakes that may explain a program do, and which of those cannot be told apart.</summary>
internal sealed class Selection(IReplay replay, Evidence evidence, Rounding rounding, IReadOnlyList<Fault> catalogue)
{
    // Parameters of one family that fit are neighbours; measuring the rounding of the nearest few decides for all.
    private const int TriesPerFamily = 3;
    private readonly Dictionary<string, int> _rank = catalogue.Select(fault => fault.Id).Distinct().Select((id, rank) => (id, rank)).ToDictionary(pair => pair.id, pair => pair.rank);

    /// <summary>The best explanation first, one of each set of names.</summary>
    public IReadOnlyList<Explanation> Confirm(IEnumerable<IReadOnlyList<Fault>> sets)
    {
        var confirmed = new List<Explanation>();
        foreach (var family in sets.Select(Explain).GroupBy(explanation => explanation.Key))
        {
            var best = family.OrderBy(explanation => explanation.Residual).Take(TriesPerFamily).Select(Measured).FirstOrDefault(explanation => explanation.Residual <= Evidence.Limit);
            if (best is not null)
            {
                confirmed.Add(best);
            }
        }

        return [.. confirmed.OrderBy(Rank, new RankComparer())];
    }

    /// <summary>The mistakes of the explanations, each with what cannot be told from it.</summary>
    public IEnumerable<NamedFault> Name(IReadOnlyList<Explanation> explanations, ITensorNaming naming)
    {
        var told = new HashSet<string>();
        foreach (var explanation in explanations)
        {
            if (!told.Add(explanation.Key))
            {
                continue;
            }

            foreach (var fault in explanation.Faults.OrderBy(fault => !fault.IsForward))
            {
                var with = explanation.Faults.Where(other => other != fault).Select(other => other.Id).ToArray();
                var others = explanations.Where(other => other != explanation).Select(other => InPlaceOf(other, with)).OfType<string>().Distinct().ToArray();
                told.UnionWith(others.Select(id => string.Join('+', with.Append(id).Order(StringComparer.Ordinal))));
                yield return Named(explanation, fault, with, others, naming);
            }
        }
    }

    // What stands in another explanation beside the same company; null where the company differs.
    private static string? InPlaceOf(Explanation other, string[] with)
    {
        var ids = other.Faults.Select(fault => fault.Id).ToList();
        return with.All(ids.Remove) && ids.Count == 1 ? ids[0] : null;
    }

    private NamedFault Named(Explanation explanation, Fault fault, string[] with, string[] oneOf, ITensorNaming naming)
    {
        var without = FaultSets.Compose(Variant.Right, explanation.Faults.Where(other => other != fault));
        return new()
        {
            Id = fault.Id,
            With = with,
            OneOf = oneOf,
            Stage = fault.IsForward ? FaultStage.Forward : FaultStage.Backward,
            Parameters = fault.Parameters,
            Residual = explanation.Residual,
            Tensors = [.. evidence.Names.Where(name => VariantView.For(explanation.Variant, name) != VariantView.For(without, name)).Select(naming.NameOf)],
            Wrong = Formula.InNamesOf(naming, fault.Wrong),
            Right = Formula.InNamesOf(naming, fault.Right),
        };
    }

    private Explanation Explain(IReadOnlyList<Fault> faults)
    {
        var variant = FaultSets.Compose(Variant.Right, faults);
        return new(faults, variant, evidence.Names.Max(name => evidence.Residual(name, replay.Values(name, variant))));
    }

    // Where a mistake amplifies rounding more than the right pass does, its own rounding is the measure.
    private Explanation Measured(Explanation explanation)
    {
        if (explanation.Residual <= Evidence.Limit)
        {
            return explanation;
        }

        var residuals = evidence.Names.Select(name =>
        {
            var values = replay.Values(name, explanation.Variant);
            var residual = evidence.Residual(name, values);
            return residual <= Evidence.Limit ? residual : rounding.Residual(evidence, name, explanation.Variant);
        });
        return explanation with { Residual = residuals.Max() };
    }

    // What is no mistake of the catalogue, but was found by fitting, comes last.
    private int[] Rank(Explanation explanation) => [.. explanation.Faults.Select(fault => _rank.GetValueOrDefault(fault.Id, _rank.Count)).OrderDescending()];

    private sealed class RankComparer : IComparer<int[]>
    {
        public int Compare(int[]? x, int[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

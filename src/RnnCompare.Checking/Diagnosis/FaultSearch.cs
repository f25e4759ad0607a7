using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Looks for the fewest mistakes that reproduce everything that the program says.</summary>
internal sealed class FaultSearch
{
    private const int LargestSet = 3;
    private readonly Evidence _evidence;
    private readonly IReadOnlyList<Fault> _catalogue;
    private readonly ReplayFits _fits;
    private readonly CommonScale _scale;

    public FaultSearch(IReplay replay, Evidence evidence, Rounding rounding, IReadOnlyList<Fault> catalogue)
    {
        // Mistakes inside the loop come first: the loops of the outer ones are at hand while the inner ones change.
        _evidence = evidence;
        _catalogue = [.. catalogue.OrderByDescending(fault => (fault.Edits & Statement.AnyOfLoop) != 0)];
        _fits = new(replay, evidence, rounding);
        _scale = new(replay, evidence, _fits);
    }

    /// <summary>The sets that may fit, in groups of growing size: each group is only searched for when it is asked for.</summary>
    /// <param name="areSeveralAffordable">Whether sets of more than one are looked for; otherwise there are none.</param>
    public IEnumerable<IReadOnlyList<IReadOnlyList<Fault>>> BySize(bool areSeveralAffordable)
    {
        var bases = ForwardSets().Select(given => new FaultSets(_fits, _evidence.Names, _catalogue, given)).ToArray();
        for (var size = 0; size <= LargestSet; size++)
        {
            yield return size < 2 || areSeveralAffordable ? [.. bases.SelectMany(sets => OfSize(sets, size))] : [];
        }
    }

    // The smallest sets of forward mistakes that reproduce what is given of the forward pass; none where that is right.
    private IReadOnlyList<Fault>[] ForwardSets()
    {
        string[] names = [.. _evidence.Names.Where(Evidence.IsForward)];
        if (names.All(_evidence.IsRight))
        {
            return [[]];
        }

        Fault[] forward = [.. _catalogue.Where(fault => fault.IsForward)];
        var sets = new FaultSets(_fits, names, forward, []);
        for (var size = 1; size <= 2; size++)
        {
            var found = Combinations(sets, size).Where(sets.ExplainsAll).Select(set => (IReadOnlyList<Fault>)[.. set.Select(i => forward[i])]).ToArray();
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    private IEnumerable<IReadOnlyList<Fault>> OfSize(FaultSets sets, int size)
    {
        var found = size < LargestSet ? Combinations(sets, size).Where(set => !HasScale(sets, set) && sets.ExplainsAll(set)) : Separable(sets);
        foreach (var set in found)
        {
            yield return [.. sets.Given, .. set.Select(i => _catalogue[i])];
        }

        foreach (var set in size is 1 or 2 ? Combinations(sets, size - 1) : [])
        {
            foreach (var rescaling in _scale.Find(sets, set))
            {
                yield return [.. sets.Given, .. set.Select(i => _catalogue[i]), rescaling];
            }
        }
    }

    private static IEnumerable<int[]> Combinations(FaultSets sets, int size)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (var i = 0; i < sets.Catalogue.Count; i++)
        {
            if (!sets.GoesWith([], i))
            {
                continue;
            }

            if (size == 1)
            {
                yield return [i];
            }

            for (var j = i + 1; j < sets.Catalogue.Count && size == 2; j++)
            {
                if (sets.GoesWith([i], j))
                {
                    yield return [i, j];
                }
            }
        }
    }

    // Three mistakes, each of which explains an array that the others leave unexplained.
    private static List<int[]> Separable(FaultSets sets)
    {
        var (found, seen) = (new List<int[]>(), new HashSet<string>());
        Extend([]);
        return found;

        void Extend(int[] set)
        {
            if (set.Length == LargestSet)
            {
                if (sets.ExplainsAll(set))
                {
                    found.Add(set);
                }

                return;
            }

            for (var name = 0; name < sets.Names.Count; name++)
            {
                if (sets.Explains(set, name))
                {
                    continue;
                }

                for (var i = 0; i < sets.Catalogue.Count; i++)
                {
                    int[] larger = [.. set.Append(i).Order()];
                    if (sets.Reaches(i, name) && sets.GoesWith(set, i) && !HasScale(sets, larger) && sets.Explains(larger, name) && seen.Add(string.Join(',', larger)))
                    {
                        Extend(larger);
                    }
                }
            }
        }
    }

    private static bool HasScale(FaultSets sets, int[] set) => set.Any(i => CommonScale.Concerns(sets.Catalogue[i]));
}

using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Sets of mistakes on top of others that are already taken for granted, and which arrays they explain.</summary>
/// <remarks>
/// An array that one mistake of a set reaches looks as if that one were alone, so most sets are ruled out by what is known of
/// their members; only an array that several reach is replayed for the set.
/// </remarks>
internal sealed class FaultSets
{
    private readonly ReplayFits _fits;
    private readonly Variant[] _variants;
    private readonly bool[,] _reaches;
    private readonly bool?[,] _explains;

    public FaultSets(ReplayFits fits, IReadOnlyList<string> names, IReadOnlyList<Fault> catalogue, IReadOnlyList<Fault> given)
    {
        (_fits, Names, Catalogue, Given) = (fits, names, catalogue, given);
        Base = Compose(Variant.Right, given);
        _variants = [.. catalogue.Select(fault => fault.Edit(Base))];
        _reaches = new bool[catalogue.Count, names.Count];
        _explains = new bool?[catalogue.Count, names.Count];
        for (var j = 0; j < names.Count; j++)
        {
            var view = VariantView.For(Base, names[j]);
            for (var i = 0; i < catalogue.Count; i++)
            {
                _reaches[i, j] = VariantView.For(_variants[i], names[j]) != view;
            }
        }
    }

    /// <summary>The arrays given.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The mistakes that sets are made of.</summary>
    public IReadOnlyList<Fault> Catalogue { get; }

    /// <summary>The mistakes taken for granted.</summary>
    public IReadOnlyList<Fault> Given { get; }

    /// <summary>The pass with those alone.</summary>
    public Variant Base { get; }

    /// <summary>All mistakes in one pass.</summary>
    public static Variant Compose(Variant variant, IEnumerable<Fault> faults) => faults.Aggregate(variant, (composed, fault) => fault.Edit(composed));

    /// <summary>The pass with a set.</summary>
    public Variant VariantOf(IReadOnlyList<int> set) => set.Count == 1 ? _variants[set[0]] : Compose(Base, set.Select(i => Catalogue[i]));

    /// <summary>Whether a mistake can be added to a set: nothing edited twice.</summary>
    public bool GoesWith(IReadOnlyList<int> set, int fault)
    {
        return set.All(i => Catalogue[i].GoesWith(Catalogue[fault])) && Given.All(other => other.GoesWith(Catalogue[fault]));
    }

    /// <summary>Whether a mistake changes an array.</summary>
    public bool Reaches(int fault, int name) => _reaches[fault, name];

    /// <summary>Whether a set explains every array.</summary>
    public bool ExplainsAll(IReadOnlyList<int> set)
    {
        // What is known already, then what will be known for every other set too, then what must be replayed for this one.
        return Enumerable.Range(0, Names.Count).All(name => Known(set, name) != false)
            && Enumerable.Range(0, Names.Count).All(name => Reaching(set, name).Count > 1 || Explains(set, name))
            && Enumerable.Range(0, Names.Count).All(name => Explains(set, name));
    }

    /// <summary>Whether a set explains one array.</summary>
    public bool Explains(IReadOnlyList<int> set, int name)
    {
        var (reaching, last) = Reaching(set, name);
        return reaching switch
        {
            0 => _fits.Fits(Names[name], Base),
            1 => _explains[last, name] ??= _fits.Fits(Names[name], _variants[last]),
            _ => _fits.Fits(Names[name], VariantOf(set)),
        };
    }

    private bool? Known(IReadOnlyList<int> set, int name)
    {
        var (reaching, last) = Reaching(set, name);
        return reaching == 1 ? _explains[last, name] : reaching == 0 ? _fits.Fits(Names[name], Base) : null;
    }

    private (int Count, int Last) Reaching(IReadOnlyList<int> set, int name)
    {
        var (count, last) = (0, -1);
        for (var i = 0; i < set.Count; i++)
        {
            if (_reaches[set[i], name])
            {
                (count, last) = (count + 1, set[i]);
            }
        }

        return (count, last);
    }
}

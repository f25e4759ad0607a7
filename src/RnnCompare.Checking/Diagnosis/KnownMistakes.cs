using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The mistakes that have names: which of them reproduce a program's numbers, and which would leave no trace in them.</summary>
internal sealed class KnownMistakes
{
    // A batch is judged by some of its sequences first: what shows in those shows in all.
    private const int SomeSequences = 2;
    private readonly Evidence _evidence;
    private readonly ReplayedPass<double> _replay;
    private readonly FaultContext _context;
    private readonly IReadOnlyList<Fault> _catalogue;

    /// <summary>Prepares the catalogue for a program.</summary>
    /// <param name="evidence">What the program says, what is right, and what rounding costs.</param>
    public KnownMistakes(Evidence evidence)
        : this(evidence, ClaimedParameters.Of(evidence))
    {
    }

    private KnownMistakes(Evidence evidence, FaultContext context)
    {
        (_evidence, _context, _catalogue) = (evidence, context, FaultCatalogue.For(context));
        _replay = new(evidence.Prototype.Weights, evidence.Prototype.Batch, Arithmetic<double>.Plain);
    }

    /// <summary>Whether the mistakes that are made in a cell have names.</summary>
    public static bool Exist(RecurrentCell cell) => CellEquations<double>.Knows(cell);

    /// <summary>The mistakes that these arrays cannot reveal.</summary>
    public IEnumerable<BlindSpot> Hidden()
    {
        var shown = Part() is { } part ? part.Spots.Shown(part.Mistakes._catalogue).Select(fault => fault.ToString()).ToHashSet() : [];
        var spots = new BlindSpots(_replay, _evidence, _context);
        return [.. spots.Find(_catalogue.Where(fault => (fault.Edits & Statement.Clipping) == 0), fault => shown.Contains(fault.ToString())), .. spots.Limits()];
    }

    /// <summary>What reproduces the program's numbers, in groups of growing size: each group is only searched for when it is asked for.</summary>
    public IEnumerable<IReadOnlyList<NamedFault>> BySize()
    {
        var rounding = new Rounding(_evidence.Prototype.Weights, _evidence.Prototype.Batch, _replay);
        var selection = new Selection(_replay, _evidence, rounding, _catalogue);
        return new FaultSearch(_replay, _evidence, rounding, _catalogue).BySize()
            .Select(sets => (IReadOnlyList<NamedFault>)[.. selection.Name(selection.Confirm(sets), _evidence.Prototype.Naming)]);
    }

    // The same question of a part of the batch; null where the batch is small.
    private (KnownMistakes Mistakes, BlindSpots Spots)? Part()
    {
        var prototype = _evidence.Prototype;
        if (prototype.Batch.BatchSize <= 2 * SomeSequences)
        {
            return null;
        }

        var batch = prototype.Batch.First(SomeSequences);
        var rounding = new EngineRounding(prototype.Weights, batch);
        var claims = new TensorSet(prototype.Weights.Spec);
        foreach (var name in _evidence.Names)
        {
            claims.Add(name, rounding.Right.Find(name)!);
        }

        var mistakes = new KnownMistakes(new(prototype with { Batch = batch, Claims = claims }, claims, rounding), _context with { Batch = batch });
        return (mistakes, new(mistakes._replay, mistakes._evidence, mistakes._context));
    }
}

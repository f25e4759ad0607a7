using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The mistakes that have names: which of them reproduce a program's numbers, and which would leave no trace in them.</summary>
internal sealed class KnownMistakes
{
    // A batch is judged by some of its sequences first: what shows in those shows in all, and what leaves them as they are leaves all.
    private const int SomeSequences = 2;

    // Multiplications that it may cost to ask what the arrays cannot reveal, and to look for several mistakes at once.
    private const double MostWork = 2e9;
    private const double MostWorkOnSeveral = 1e12;
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

    /// <summary>The mistakes that these arrays cannot reveal, and how many were not asked about because the network is large.</summary>
    public (IReadOnlyList<BlindSpot> Spots, int NotAsked) Hidden()
    {
        var part = Part();

        // Every mistake once before any is asked about with other parameters.
        Fault[] all = [.. _catalogue.Where(fault => (fault.Edits & Statement.Clipping) == 0).GroupBy(fault => fault.Id).SelectMany(family => family.Index()).OrderBy(variant => variant.Index).Select(variant => variant.Item)];
        Fault[] asked = _evidence.Prototype.IsThorough ? all : [.. all.Take((int)(MostWork / (part ?? this).Cost))];
        var ofPart = part?._catalogue.ToLookup(fault => fault.ToString());
        var traces = asked.Select(fault => fault.ToString()).Distinct().Where(text => ofPart?.Contains(text) == true).ToDictionary(text => text, text => part!.Spots.TraceOf(ofPart![text].First()));
        return ([.. Spots.Find(asked, TraceOf), .. Spots.Limits()], all.Length - asked.Length);

        double? TraceOf(Fault fault) => traces.TryGetValue(fault.ToString(), out var trace) && (trace == 0 || trace > BlindSpots.Hidden) ? trace : null;
    }

    /// <summary>What reproduces the program's numbers, in groups of growing size: each group is only searched for when it is asked for.</summary>
    public IEnumerable<IReadOnlyList<NamedFault>> BySize()
    {
        var rounding = new Rounding(_evidence.Prototype.Weights, _evidence.Prototype.Batch, _replay);
        var selection = new Selection(_replay, _evidence, rounding, _catalogue);
        var areSeveralAffordable = _evidence.Prototype.IsThorough || Cost * _catalogue.Count * _catalogue.Count <= MostWorkOnSeveral;
        return new FaultSearch(_replay, _evidence, rounding, _catalogue).BySize(areSeveralAffordable)
            .Select(sets => (IReadOnlyList<NamedFault>)[.. selection.Name(selection.Confirm(sets), _evidence.Prototype.Naming)]);
    }

    private BlindSpots Spots => new(_replay, _evidence, _context);

    // Multiplications of a forward and a backward pass, about.
    private double Cost => 6.0 * _context.Steps * _context.BatchSize * _evidence.Prototype.Weights.Tensors.Sum(tensor => tensor.Values.Length);

    // The same question of a part of the batch; null where the batch is small.
    private KnownMistakes? Part()
    {
        var prototype = _evidence.Prototype;
        if (prototype.Batch.BatchSize <= 2 * SomeSequences)
        {
            return null;
        }

        var batch = prototype.Batch.Part(0, SomeSequences);
        var rounding = new EngineRounding(prototype.Weights, batch);
        var claims = new TensorSet(prototype.Weights.Spec);
        foreach (var name in _evidence.Names)
        {
            claims.Add(name, rounding.Right.Find(name)!);
        }

        return new(new(prototype with { Batch = batch, Claims = claims }, claims, rounding), _context with { Batch = batch });
    }
}

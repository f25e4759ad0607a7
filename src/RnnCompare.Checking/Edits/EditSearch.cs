using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Replay;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Edits;

/// <summary>Edits that together reproduce what a program computed.</summary>
/// <param name="Edits">The edits.</param>
/// <param name="Residual">The largest distance that is left, in units of the noise floor.</param>
/// <param name="Tensors">The arrays given that they change.</param>
internal sealed record EditExplanation(IReadOnlyList<Edit> Edits, double Residual, IReadOnlyList<string> Tensors)
{
    /// <summary>How far the edits are from what people do most: fewer statements, then a likelier kind.</summary>
    public int Rank => Edits.Sum(edit => edit.Rank);
}

/// <summary>Finds the edits of the backward pass that reproduce what a program computed.</summary>
internal sealed class EditSearch : IDisposable
{
    // How many half explanations are carried on to a second edit.
    private const int Carried = 12;

    // How many pairs of simple slips are tried where neither shows alone.
    private const int MostPairs = 16_000;

    // How many that fit are measured: what fits by its size alone and is no explanation is rare.
    private const int Measured = 8;

    // Multiplications that one search may cost; a large network is searched as far as that goes.
    private const double MostWork = 4e10;
    private readonly Evidence _evidence;
    private readonly ThreadLocal<EditedPass<double>> _passes;
    private readonly EditNoise _noise;
    private readonly ProgramEdits _edits;
    private readonly CellEquations _equations;
    private readonly IReadOnlyList<string> _names;

    // Gradients of matrices cost most: edits that do not fit the other arrays are done with by then.
    private readonly string[] _cheap;
    private readonly string[] _dear;
    private readonly Lazy<IReadOnlyList<RecoveredDelta>> _deltas;
    private bool _wasCut;

    private readonly ForwardSlip? _forward;

    /// <summary>Prepares a search.</summary>
    /// <param name="evidence">What the program claims, what is right, and what rounding costs.</param>
    /// <param name="forward">What was typed in the forward pass; null for what is right.</param>
    public EditSearch(Evidence evidence, ForwardSlip? forward = null)
    {
        (_evidence, _forward) = (evidence, forward);
        var prototype = evidence.Prototype;
        _names = [.. evidence.Names.Where(name => !Evidence.IsForward(name))];
        var spec = prototype.Weights.Spec;
        (_cheap, _dear) = ([.. _names.Where(name => !IsOfMatrix(name))], [.. _names.Where(IsOfMatrix)]);
        _passes = new(() => new(prototype.Weights, prototype.Batch, forward?.Programs) { HasInputGradient = _names.Contains("dx") });
        _deltas = new(() => RecoveredDelta.Find(evidence, Pass));
        _noise = new(prototype, forward?.Programs);
        _equations = EquationCell.EquationsOf(spec.Cell);
        _edits = new(_equations, layer => new(Pass.Letters(layer), prototype.Batch.Steps, prototype.Batch.BatchSize));

        bool IsOfMatrix(string name) => TensorKind.IsWeightGradient(spec, name) && evidence.Claim(name).Rank > 1;
    }

    /// <summary>The explanation by the forward pass alone, if it is one.</summary>
    public IReadOnlyList<EditExplanation> Alone() => Explains(Pass.Programs) ? Confirmed([[]]) : [];

    /// <summary>The explanations by one edit, the likeliest first.</summary>
    public IReadOnlyList<EditExplanation> Singles() => _names.Count > 0 ? Confirmed(Completing(Pass.Programs, []).Select(edit => (IReadOnlyList<Edit>)[edit])) : [];

    /// <summary>The explanations by two edits, behind the first half explanation that has a second half, the likeliest first.</summary>
    public IReadOnlyList<EditExplanation> Pairs()
    {
        if (_names.Count == 0)
        {
            return [];
        }

        foreach (var first in Halves().Take(Carried))
        {
            var pairs = Confirmed(Completing(first.Apply(Pass.Programs), [first]).Select(second => (IReadOnlyList<Edit>)[first, second]));
            if (pairs.Count > 0)
            {
                return pairs;
            }
        }

        return Entangled();
    }

    // Two slips that spoil all arrays between them, so that neither shows alone: the simplest of every statement, two by two.
    private IReadOnlyList<EditExplanation> Entangled()
    {
        Edit[] simple = [.. _edits.Of(Pass.Programs).Where(IsSimple).OrderBy(edit => edit.Rank)];
        var affordable = AffordableOf(_evidence.Prototype.IsThorough ? int.MaxValue : MostPairs, _evidence.Prototype, Pass.Cost);
        var count = (int)Math.Min(simple.Length, Math.Sqrt(2.0 * affordable));
        _wasCut |= count < simple.Length;
        var pairs = Enumerable.Range(0, count).AsParallel().AsOrdered().SelectMany(i =>
        {
            var programs = simple[i].Apply(Pass.Programs);
            return simple[..i].Where(other => !other.Meets(simple[i]) && Explains(other.Apply(programs))).Select(other => (IReadOnlyList<Edit>)[other, simple[i]]).ToArray();
        });
        return Confirmed(pairs.ToArray());

        bool IsSimple(Edit edit)
        {
            return SlipKinds.RankOf(edit.Kind) <= SlipKinds.RankOf(SlipKinds.Constant) && edit.Parts is [{ Right: [{ Adds: false }] } part] && (part.IsReadOut || part.Layers.Count == Pass.Programs.Layers.Count);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _passes.Dispose();

    /// <summary>Where the slip must stand when no edit reproduces the numbers: the first adjoints on the way back that are wrong, as far as the arrays determine them.</summary>
    public IReadOnlyList<string> Places() => [.. PlacesOfDeltas(), .. Untried()];

    private IEnumerable<string> Untried()
    {
        if (_wasCut)
        {
            yield return "The network is large: the likeliest slips were tried, not all. --thorough tries all, and so do arrays of a small batch (rnncompare probe).";
        }
    }

    private IReadOnlyList<string> PlacesOfDeltas()
    {
        Pass.Run(Pass.Programs);
        foreach (var layer in _deltas.Value.GroupBy(delta => delta.Layer).OrderBy(group => group.Key < 0 ? int.MinValue : -group.Key))
        {
            var fits = layer.Select(delta => (delta.Name, Fits: delta.Fits(Pass).ToArray())).ToArray();
            if (fits.All(delta => delta.Fits.All(right => right)))
            {
                continue;
            }

            var program = Pass.ProgramOf(layer.Key);
            string[] atLast = [.. fits.Where(delta => !delta.Fits[Pass.LastOf(layer.Key)]).Select(delta => delta.Name)];
            var where = Pass.Programs.Layers.Count > 1 && layer.Key >= 0 ? $" (layer and direction {layer.Key})" : "";
            return layer.Key < 0 ? [$"dy is not what it should be: the slip stands where the loss is differentiated, {program[LossStatements.OutputAdjoint]}."]
                : atLast.Length > 0 ? [.. atLast.Select(name => $"{name}{where} is wrong at the last step already, into which nothing comes back: the slip stands in {program[name]}, or in what that reads.")]
                : [$"{string.Join(", ", fits.Select(delta => delta.Name))}{where}: right at the last step and wrong before it. The slip stands in what goes back from step to step: {string.Join("; ", program.Backward.Where(statement => program.Scope[statement.Name].Role == VariableRole.Carry))}."];
        }

        return [];
    }

    private EditedPass<double> Pass => _passes.Value!;

    private IReadOnlyList<EditExplanation> Confirmed(IEnumerable<IReadOnlyList<Edit>> sets)
    {
        var right = Pass.Run(Pass.Programs);
        return [.. sets.Select(Explanation).OrderBy(explanation => explanation.Rank).Take(Measured).Select(Confirm).Where(explanation => explanation.Residual <= Evidence.Limit).Select(WithForward)];

        EditExplanation Explanation(IReadOnlyList<Edit> edits)
        {
            var values = Pass.Run(Apply(edits));
            return new(
                edits,
                Math.Max(_forward?.Residual ?? 0, _names.Select(name => _evidence.Residual(name, values.Find(name)!)).DefaultIfEmpty().Max()),
                [.. _names.Where(name => !values.Find(name)!.Span.SequenceEqual((_forward is null ? right : _evidence.Right).Find(name)!.Span))]);
        }

        EditExplanation WithForward(EditExplanation explanation)
        {
            return _forward is null ? explanation : explanation with { Edits = [_forward.Edit, .. explanation.Edits], Tensors = [.. _evidence.Names.Where(Evidence.IsForward), .. explanation.Tensors] };
        }

        // Where a mistake amplifies rounding more than the right pass does, its own rounding is the measure.
        EditExplanation Confirm(EditExplanation explanation)
        {
            return explanation.Residual <= Evidence.Limit
                ? explanation
                : explanation with { Residual = _noise.Residual(_evidence, _names, Pass.Run(Apply(explanation.Edits)), Apply(explanation.Edits)) };
        }
    }

    private NetworkPrograms Apply(IReadOnlyList<Edit> edits) => edits.Aggregate(Pass.Programs, (programs, edit) => edit.Apply(programs));

    // Edits behind which every array fits.
    private List<Edit> Completing(NetworkPrograms programs, IReadOnlyList<Edit> given)
    {
        var values = Pass.Run(programs);
        bool[] isExplained = [.. _names.Select(name => Fits(name, values))];
        var edits = Affordable(programs, (edit, reached) => !given.Any(edit.Meets) && Enumerable.Range(0, _names.Count).All(i => isExplained[i] || reached[i]));
        return [.. edits.Where(edit => Explains(edit.Apply(programs)))];
    }

    // Edits that explain some of what is wrong and spoil nothing that is right, those that explain most first.
    private IEnumerable<Edit> Halves()
    {
        var (values, seen) = (Pass.Run(Pass.Programs), new HashSet<double>());
        bool[] right = Parts(values), isExplained = [.. _names.Select(name => Fits(name, values))];
        var edits = Affordable(Pass.Programs, (_, reached) => Enumerable.Range(0, _names.Count).Any(i => !isExplained[i] && reached[i]));
        var halves = edits.Select(edit =>
        {
            var typed = Pass.Run(edit.Apply(Pass.Programs));
            var parts = Parts(typed).Zip(right).ToArray();
            return (Edit: edit, Gain: parts.Contains((false, true)) ? 0 : parts.Count(part => part is (true, false)), Signature: Signature(typed));
        });
        return halves.ToList().Where(half => half.Gain > 0 && seen.Add(half.Signature)).OrderByDescending(half => half.Gain).Select(half => half.Edit);
    }

    // The edits worth trying, the likeliest first, on all cores.
    private ParallelQuery<Edit> Affordable(NetworkPrograms programs, Func<Edit, bool[], bool> isWorthTrying)
    {
        var reach = new EditReach(_evidence.Prototype.Weights.Spec, _equations, programs, _names);
        Edit[] edits = [.. _edits.Of(programs).OrderBy(edit => edit.Rank).Where(edit => isWorthTrying(edit, reach.Of(edit)))];
        var affordable = AffordableOf(edits.Length, _evidence.Prototype, Pass.Cost);
        _wasCut |= affordable < edits.Length;
        return edits.Take(affordable).AsParallel().AsOrdered();
    }

    /// <summary>How many of some runs may be made.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="prototype">The program that is searched for.</param>
    /// <param name="cost">Multiplications that a run costs.</param>
    public static int AffordableOf(int count, Prototype prototype, double cost) => prototype.IsThorough ? count : (int)Math.Min(count, MostWork / cost);

    // Edits of one effect are one half.
    private double Signature(TensorSet values) => Math.Round(_names.Sum(name => ScaledNorm.Of(values.Find(name)!.Span)), 9);

    private bool Explains(NetworkPrograms programs)
    {
        return (_cheap.Length == 0 || FitAll(_cheap, withMatrices: false)) && FitAll(_dear, withMatrices: true);

        bool FitAll(string[] names, bool withMatrices)
        {
            var values = Pass.Run(programs, withMatrices);
            return names.All(name => Fits(name, values));
        }
    }

    private bool Fits(string name, TensorSet values) => _evidence.Fit(name, values.Find(name)!) <= 1 || _evidence.IsOtherwiseRounded(name, values.Find(name)!);

    // Array by array in its gates and steps, and adjoint by adjoint where the arrays determine it: of what was run last.
    private bool[] Parts(TensorSet values)
    {
        return
        [
            .. _names.SelectMany(name => _evidence.FitParts(name, values.Find(name)!).Select(fit => fit <= 1)),
            .. _deltas.Value.SelectMany(delta => delta.Fits(Pass)),
        ];
    }
}

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
internal sealed class EditSearch
{
    // How many half explanations are carried on to a second edit.
    private const int Carried = 12;

    // How many that fit are measured: what fits by its size alone and is no explanation is rare.
    private const int Measured = 8;

    // Multiplications that one search may cost; a large network is searched as far as that goes.
    private const double MostWork = 4e10;
    private readonly Evidence _evidence;
    private readonly EditedPass<double> _pass;
    private readonly EditNoise _noise;
    private readonly ProgramEdits _edits;
    private readonly CellEquations _equations;
    private readonly IReadOnlyList<string> _names;
    private readonly Lazy<IReadOnlyList<RecoveredDelta>> _deltas;
    private double _work;
    private bool _wasCut;

    /// <summary>Prepares a search.</summary>
    /// <param name="evidence">What the program claims, what is right, and what rounding costs.</param>
    public EditSearch(Evidence evidence)
    {
        _evidence = evidence;
        var prototype = evidence.Prototype;
        _names = [.. evidence.Names.Where(name => !Evidence.IsForward(name))];
        _pass = new(prototype.Weights, prototype.Batch);
        _deltas = new(() => RecoveredDelta.Find(evidence, _pass));
        _noise = new(prototype);
        _equations = EquationCell.EquationsOf(prototype.Weights.Spec.Cell);
        var (steps, batchSize) = ((double)prototype.Batch.Steps, (double)prototype.Batch.BatchSize);
        double[] sizes = [steps, batchSize, steps * batchSize];
        _edits = new(_equations, _pass.Letters, [.. ((double[])[2, 0.5, .. sizes, .. sizes.Select(size => 1 / size)]).Where(factor => factor != 1).Distinct()]);
    }

    /// <summary>The explanations by one edit, the likeliest first.</summary>
    public IReadOnlyList<EditExplanation> Singles() => Begin() ? Confirmed(Completing(_pass.Programs, []).Select(edit => (IReadOnlyList<Edit>)[edit])) : [];

    /// <summary>The explanations by two edits, behind the first half explanation that has a second half, the likeliest first.</summary>
    public IReadOnlyList<EditExplanation> Pairs()
    {
        if (!Begin())
        {
            return [];
        }

        foreach (var first in Halves().Take(Carried))
        {
            var pairs = Confirmed(Completing(first.Apply(_pass.Programs), [first]).Select(second => (IReadOnlyList<Edit>)[first, second]));
            if (pairs.Count > 0)
            {
                return pairs;
            }
        }

        return [];
    }

    /// <summary>Where the slip must stand when no edit reproduces the numbers: the first adjoints on the way back that are wrong, as far as the arrays determine them.</summary>
    public IReadOnlyList<string> Places() => Begin() ? [.. PlacesOfDeltas(), .. Untried()] : [];

    private IEnumerable<string> Untried()
    {
        if (_wasCut)
        {
            yield return "The network is large: the likeliest slips were tried, not all. Arrays of a small batch (rnncompare probe) let all be tried.";
        }
    }

    private IReadOnlyList<string> PlacesOfDeltas()
    {
        _pass.Run(_pass.Programs);
        foreach (var layer in _deltas.Value.GroupBy(delta => delta.Layer).OrderBy(group => group.Key < 0 ? int.MinValue : -group.Key))
        {
            var fits = layer.Select(delta => (delta.Name, Fits: delta.Fits(_pass).ToArray())).ToArray();
            if (fits.All(delta => delta.Fits.All(right => right)))
            {
                continue;
            }

            var program = _pass.ProgramOf(layer.Key);
            string[] atLast = [.. fits.Where(delta => !delta.Fits[_pass.LastOf(layer.Key)]).Select(delta => delta.Name)];
            var where = _pass.Programs.Layers.Count > 1 && layer.Key >= 0 ? $" (layer and direction {layer.Key})" : "";
            return layer.Key < 0 ? [$"dy is not what it should be: the slip stands where the loss is differentiated, {program[LossStatements.OutputAdjoint]}."]
                : atLast.Length > 0 ? [.. atLast.Select(name => $"{name}{where} is wrong at the last step already, into which nothing comes back: the slip stands in {program[name]}, or in what that reads.")]
                : [$"{string.Join(", ", fits.Select(delta => delta.Name))}{where}: right at the last step and wrong before it. The slip stands in what goes back from step to step: {string.Join("; ", program.Backward.Where(statement => program.Scope[statement.Name].Role == VariableRole.Carry))}."];
        }

        return [];
    }

    // What is wrong in the forward pass is no matter of the backward pass.
    private bool Begin()
    {
        _work = 0;
        return _names.Count > 0 && _evidence.Names.Where(Evidence.IsForward).All(_evidence.IsRight);
    }

    private IReadOnlyList<EditExplanation> Confirmed(IEnumerable<IReadOnlyList<Edit>> sets)
    {
        var right = _pass.Run(_pass.Programs);
        return [.. sets.Select(Explanation).OrderBy(explanation => explanation.Rank).Take(Measured).Select(Confirm).Where(explanation => explanation.Residual <= Evidence.Limit)];

        EditExplanation Explanation(IReadOnlyList<Edit> edits)
        {
            var values = _pass.Run(Apply(edits));
            return new(
                edits,
                _names.Max(name => _evidence.Residual(name, values.Find(name)!)),
                [.. _names.Where(name => !values.Find(name)!.Span.SequenceEqual(right.Find(name)!.Span))]);
        }

        // Where a mistake amplifies rounding more than the right pass does, its own rounding is the measure.
        EditExplanation Confirm(EditExplanation explanation)
        {
            return explanation.Residual <= Evidence.Limit
                ? explanation
                : explanation with { Residual = _noise.Residual(_evidence, _names, _pass.Run(Apply(explanation.Edits)), Apply(explanation.Edits)) };
        }
    }

    private NetworkPrograms Apply(IReadOnlyList<Edit> edits) => edits.Aggregate(_pass.Programs, (programs, edit) => edit.Apply(programs));

    // Edits behind which every array fits.
    private List<Edit> Completing(NetworkPrograms programs, IReadOnlyList<Edit> given)
    {
        var reach = new EditReach(_evidence.Prototype.Weights.Spec, _equations, programs, _names);
        var values = _pass.Run(programs);
        bool[] isExplained = [.. _names.Select(name => Fits(name, values))];
        var found = new List<Edit>();
        foreach (var edit in _edits.Of(programs).OrderBy(edit => edit.Rank))
        {
            var reached = reach.Of(edit);
            if (!given.Any(edit.Meets) && Enumerable.Range(0, _names.Count).All(i => isExplained[i] || reached[i]) && MayCost() && Explains(_pass.Run(edit.Apply(programs))))
            {
                found.Add(edit);
            }
        }

        return found;
    }

    // Edits that explain some of what is wrong and spoil nothing that is right, those that explain most first.
    private IEnumerable<Edit> Halves()
    {
        var reach = new EditReach(_evidence.Prototype.Weights.Spec, _equations, _pass.Programs, _names);
        var (right, seen) = (Parts(_pass.Run(_pass.Programs)), new HashSet<double>());
        var halves = new List<(Edit Edit, int Gain)>();
        foreach (var edit in _edits.Of(_pass.Programs).OrderBy(edit => edit.Rank))
        {
            var reached = reach.Of(edit);
            if (!Enumerable.Range(0, _names.Count).Any(i => !_evidence.IsRight(_names[i]) && reached[i]) || !MayCost())
            {
                continue;
            }

            var values = _pass.Run(edit.Apply(_pass.Programs));
            var parts = Parts(values);
            var gain = parts.Zip(right).Count(part => part is (true, false));
            if (gain > 0 && !parts.Zip(right).Any(part => part is (false, true)) && seen.Add(Signature(values)))
            {
                halves.Add((edit, gain));
            }
        }

        return halves.OrderByDescending(half => half.Gain).Select(half => half.Edit);
    }

    // Edits of one effect are one half.
    private double Signature(TensorSet values) => Math.Round(_names.Sum(name => ScaledNorm.Of(values.Find(name)!.Span)), 9);

    private bool MayCost()
    {
        _work += _pass.Cost;
        _wasCut |= _work > MostWork;
        return _work <= MostWork;
    }

    private bool Explains(TensorSet values) => _names.All(name => Fits(name, values));

    private bool Fits(string name, TensorSet values) => _evidence.Fit(name, values.Find(name)!) <= 1;

    // Array by array in its gates and steps, and adjoint by adjoint where the arrays determine it: of what was run last.
    private bool[] Parts(TensorSet values)
    {
        return
        [
            .. _names.SelectMany(name => _evidence.FitParts(name, values.Find(name)!).Select(fit => fit <= 1)),
            .. _deltas.Value.SelectMany(delta => delta.Fits(_pass)),
        ];
    }
}

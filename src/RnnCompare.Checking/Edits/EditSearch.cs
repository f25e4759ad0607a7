using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Edits;

/// <summary>Finds the edits of the backward pass that reproduce what a program computed.</summary>
internal sealed class EditSearch
{
    // How many half explanations are carried on to a second edit.
    private const int Carried = 12;
    private readonly Prototype _prototype;
    private readonly Evidence _evidence;
    private readonly EditedPass<double> _pass;
    private readonly ProgramEdits _edits;
    private readonly CellEquations _equations;
    private readonly IReadOnlyList<string> _names;

    public EditSearch(Prototype prototype, Evidence evidence)
    {
        (_prototype, _evidence) = (prototype, evidence);
        _names = [.. evidence.Names.Where(name => !Evidence.IsForward(name))];
        _pass = new(prototype.Weights, prototype.Batch, _names.Contains("dh"));
        _equations = EquationCell.EquationsOf(prototype.Weights.Spec.Cell);
        var (steps, batchSize) = ((double)prototype.Batch.Steps, (double)prototype.Batch.BatchSize);
        double[] sizes = [steps, batchSize, steps * batchSize];
        _edits = new(_equations, _pass.Letters, [.. ((double[])[2, 0.5, .. sizes, .. sizes.Select(size => 1 / size)]).Where(factor => factor != 1).Distinct()]);
    }

    /// <summary>The single edits that explain everything.</summary>
    public IReadOnlyList<IReadOnlyList<Edit>> Singles() => [.. Completing(_pass.Programs, []).Select(edit => (IReadOnlyList<Edit>)[edit])];

    /// <summary>The pairs of edits that explain everything, behind the first half explanation that has a second half.</summary>
    public IReadOnlyList<IReadOnlyList<Edit>> Pairs()
    {
        foreach (var first in Halves().Take(Carried))
        {
            IReadOnlyList<Edit>[] pairs = [.. Completing(first.Apply(_pass.Programs), [first]).Select(second => (IReadOnlyList<Edit>)[first, second])];
            if (pairs.Length > 0)
            {
                return pairs;
            }
        }

        return [];
    }

    // Edits behind which every array fits.
    private List<Edit> Completing(NetworkPrograms programs, IReadOnlyList<Edit> given)
    {
        var reach = new EditReach(_prototype.Weights.Spec, _equations, programs, _names);
        var open = Fits(_pass.Run(programs));
        var found = new List<Edit>();
        foreach (var edit in _edits.Of(programs))
        {
            if (given.Any(edit.Meets))
            {
                continue;
            }

            var reached = reach.Of(edit);
            if (Enumerable.Range(0, _names.Count).All(i => open[i] || reached[i]) && Explains(edit.Apply(programs)))
            {
                found.Add(edit);
            }
        }

        return found;
    }

    // Edits that explain some of what is wrong and spoil nothing that is right, those that explain most first.
    private IEnumerable<Edit> Halves()
    {
        var reach = new EditReach(_prototype.Weights.Spec, _equations, _pass.Programs, _names);
        var (right, seen) = (Parts(_pass.Run(_pass.Programs)), new HashSet<double>());
        var halves = new List<(Edit Edit, int Gain)>();
        foreach (var edit in _edits.Of(_pass.Programs))
        {
            var reached = reach.Of(edit);
            if (!Enumerable.Range(0, _names.Count).Any(i => !_evidence.IsRight(_names[i]) && reached[i]))
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

    private double Signature(TensorSet values) => Math.Round(_names.Sum(name => ScaledNorm.Of(values.Find(name)!.Span)), 9);

    private bool Explains(NetworkPrograms programs)
    {
        var values = _pass.Run(programs);
        return _names.All(name => _evidence.Fit(name, values.Find(name)!) <= 1);
    }

    private bool[] Fits(TensorSet values) => [.. _names.Select(name => _evidence.Fit(name, values.Find(name)!) <= 1)];

    private bool[] Parts(TensorSet values) => [.. _names.SelectMany(name => _evidence.FitParts(name, values.Find(name)!).Select(fit => fit <= 1))];
}

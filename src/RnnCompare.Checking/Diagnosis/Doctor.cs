using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Edits;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Says whether a hand-written program computes right gradients and, where it does not, which known mistake reproduces its numbers.</summary>
public static class Doctor
{
    /// <summary>Runs a model on a batch and checks everything that it returns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="second">A second reference beside the manual engine; null for none.</param>
    /// <typeparam name="T">The model's precision.</typeparam>
    /// <exception cref="ArgumentException">The batch does not fit the network, or the model returns an array that is unknown or has another shape than it should.</exception>
    public static DiagnosisResult Diagnose<T>(IHandWrittenModel<T> model, SequenceBatch<T> batch, IRnnEngine<double>? second = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        var weights = model.Weights.Convert<double>();
        var claims = new TensorSet(weights.Spec);
        foreach (var (name, values) in model.Forward(batch).Concat(model.Gradients(batch)))
        {
            claims.Add(name, values.Convert<T, double>());
        }

        return Diagnose(
            new Prototype
            {
                Weights = weights,
                Batch = batch.Convert<T, double>(),
                Claims = claims,
                Precision = Precisions.Of<T>(),
            },
            second);
    }

    /// <summary>Checks everything that a program gave.</summary>
    /// <param name="prototype">The program's weights, batch and arrays.</param>
    /// <param name="second">A second reference beside the manual engine, for example autograd, with any weights; null for none.</param>
    /// <returns>The verdict, what it rests on and, where something is wrong, what was done instead.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network or has no targets, an array has another shape than it should, or none was given.</exception>
    public static DiagnosisResult Diagnose(Prototype prototype, IRnnEngine<double>? second = null)
    {
        ArgumentNullException.ThrowIfNull(prototype);
        if (EquationDiagnosis.Handles(prototype.Weights.Spec.Cell))
        {
            return EquationDiagnosis.Diagnose(prototype, second);
        }

        using var manual = new ManualEngine<double>(prototype.Weights);
        var expected = TensorSet.Of(manual.Spec, manual.Forward(prototype.Batch));
        expected.AddAll(TensorSet.Of(manual.Gradients(prototype.Batch)));
        second?.LoadWeights(prototype.Weights);

        var replay = new ReplayedPass<double>(prototype.Weights, prototype.Batch, Arithmetic<double>.Plain);
        var right = replay.All(Variant.Right);
        var claims = ClaimedArrays.Of(prototype, right);
        var rounding = new Rounding(prototype.Weights, prototype.Batch, replay);
        var evidence = Evidence.Replayed(prototype, claims, replay, rounding);
        var reference = References.Check(expected, right, prototype.Batch, manual, second, rounding);
        var comparison = GradientComparison.Compare(right, claims, evidence.Floor);
        var result = DiagnosisResult.Of(prototype, reference, comparison);
        if (result.Verdict == Verdict.ReferencesDisagree)
        {
            return result;
        }

        var context = ClaimedParameters.Of(prototype, claims);
        var catalogue = FaultCatalogue.For(context);
        var blind = new BlindSpots(replay, evidence, context);
        result = result with { BlindTo = [.. blind.Find(catalogue.Where(fault => (fault.Edits & Statement.Clipping) == 0)), .. blind.Limits()] };
        return result.Verdict == Verdict.Agrees ? result : Explained(result, prototype, replay, evidence, rounding, catalogue, right, claims);
    }

    // A mistake that has a name, or one slip; then two of these, and three.
    private static DiagnosisResult Explained(
        DiagnosisResult result, Prototype prototype, IReplay replay, Evidence evidence, Rounding rounding, IReadOnlyList<Fault> catalogue, TensorSet right, TensorSet claims)
    {
        var selection = new Selection(replay, evidence, rounding, catalogue);
        var edits = new Lazy<EditSearch>(() => new(evidence));
        NamedFault[] faults = [];
        foreach (var (size, sets) in new FaultSearch(replay, evidence, rounding, catalogue).BySize().Index())
        {
            faults = [.. selection.Name(selection.Confirm(sets), prototype.Naming)];
            if (faults.Length == 0)
            {
                faults = [.. EditText.Name(size switch { 1 => edits.Value.Singles(), 2 => edits.Value.Pairs(), _ => [] }, prototype.Naming)];
            }

            if (faults.Length > 0)
            {
                break;
            }
        }

        return Told(result, faults, edits, evidence, right, claims);
    }

    /// <summary>The result with what explains it or, where nothing does, with where the slip must stand and what the difference looks like.</summary>
    internal static DiagnosisResult Told(DiagnosisResult result, IReadOnlyList<NamedFault> faults, Lazy<EditSearch> edits, Evidence evidence, TensorSet right, TensorSet claims)
    {
        return result with
        {
            Faults = faults,
            Observations = faults.Count > 0 ? [] : [.. edits.Value.Places(), .. Localisation.Describe(evidence.Prototype, result.Tensors, right, claims)],
            FirstWrongStep = FirstWrong.Step(right, claims, evidence.Floor),
        };
    }
}

using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Edits;
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
        var rounding = new EngineRounding(prototype.Weights, prototype.Batch);
        var claims = ClaimedArrays.Of(prototype, rounding.Right);
        ReferenceCheck reference = null!;
        Evidence evidence = null!;
        Parallel.Invoke(() => reference = References.Check(prototype, rounding, second), () => evidence = new(prototype, claims, rounding));
        var result = DiagnosisResult.Of(prototype, reference, GradientComparison.Compare(rounding.Right, claims, evidence.Floor));
        if (result.Verdict == Verdict.ReferencesDisagree)
        {
            return result;
        }

        var known = KnownMistakes.Exist(prototype.Weights.Spec.Cell) ? new KnownMistakes(evidence) : null;
        var (hidden, notAsked) = known?.Hidden() ?? ([], 0);
        result = result with { BlindTo = hidden, NotAsked = notAsked };
        return result.Verdict == Verdict.Agrees ? result : Explained(result, evidence, known);
    }

    // A mistake that has a name, or one slip; then two of these, and three.
    private static DiagnosisResult Explained(DiagnosisResult result, Evidence evidence, KnownMistakes? known)
    {
        using var slips = new SlipSearch(evidence);
        IReadOnlyList<NamedFault> faults = [];
        foreach (var (size, named) in (known?.BySize() ?? [[], [], []]).Index())
        {
            faults = named.Count > 0 ? named : [.. EditText.Name(slips.OfSize(size), evidence.Prototype.Naming)];
            if (faults.Count > 0)
            {
                break;
            }
        }

        return result with
        {
            Faults = faults,
            Observations = faults.Count > 0 ? [] : [.. slips.Places(), .. Localisation.Describe(evidence, result.Tensors)],
            FirstWrongStep = FirstWrong.Step(evidence.Right, evidence.Claims, evidence.Floor),
        };
    }
}

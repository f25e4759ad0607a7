using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Equations;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks what a prototype saved against the manual engine, autograd and central differences.</summary>
public static class PrototypeCheck
{
    // What a pass computes beside gradients of weights, as far as files have arrays for it.
    private static readonly string[] Results = ["loss", "y", "p", "h", "dh", "dx", "dh0", "dc0"];

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">How its arrays are meant; wins over what the file says.</param>
    /// <param name="cell">The cell, where it is given as equations; null finds it out.</param>
    /// <param name="isThorough">Whether every question is asked of a large network, however long that takes.</param>
    /// <exception cref="InputException">The file cannot be checked, or the references disagree among themselves.</exception>
    public static CheckResult Run(string path, PrototypeOptions options, EquationCell? cell = null, bool isThorough = false)
    {
        // TorchSharp's library takes as long to load as the file to be read.
        Task.Run(() => TorchLibrary.IsAvailable);
        return Check(path, PrototypeFile.Read(path, options, cell), isThorough);
    }

    /// <summary>Checks what was read.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="saved">What it holds.</param>
    /// <param name="isThorough">Whether every question is asked of a large network, however long that takes.</param>
    /// <exception cref="InputException">The references disagree among themselves.</exception>
    internal static CheckResult Check(string path, SavedPrototype saved, bool isThorough = false)
    {
        saved = GivenAdjoint.AsTargets(saved);
        using var manual = CellEngine.Create(saved.Weights);
        var diagnosis = Diagnose(path, saved, saved.Cancellation, isThorough);
        var residue = Residue.Of(diagnosis);
        if (residue is { } level)
        {
            diagnosis = Diagnose(path, saved, Residue.Raised(diagnosis, saved.Cancellation, level), isThorough);
        }

        if (diagnosis.Verdict == Verdict.ReferencesDisagree)
        {
            throw new InputException($"{path}: the references disagree among themselves, so nothing can be said: {string.Join("; ", diagnosis.Reference.Lines)}.");
        }

        var second = SecondBiases.Compare(saved, manual);
        var wrong = second.Where(tensor => !tensor.Agrees).ToArray();
        TensorComparison? table = TokenTable.Compare(saved, manual);
        TensorComparison[] derived = [.. ((TensorComparison?[])[table, OutputAdjoint.Compare(saved, manual), CellSequence.Compare(saved, manual), LayerStates.Compare(saved, manual)]).OfType<TensorComparison>().Select(tensor => residue is { } above && tensor.Relative <= above ? tensor with { Limit = double.PositiveInfinity } : tensor)];
        NamedFault[] others = [.. SecondBiases.Faults(saved, wrong), .. table is { Agrees: false } wrongTable ? TokenTable.Faults(saved, wrongTable, manual) : []];
        return new(path, saved, diagnosis with
        {
            Verdict = wrong.Concat(derived).All(tensor => tensor.Agrees) ? diagnosis.Verdict : Verdict.Disagrees,
            Tensors = [.. diagnosis.Tensors, .. second, .. derived],
            Faults = diagnosis.Verdict == Verdict.Agrees ? others : diagnosis.Faults,
            NotChecked = [.. Results.Where(diagnosis.NotChecked.Contains).Where(name => saved.Upstream is null || !GivenAdjoint.IsBeyond(name)).Concat(saved.MissingGradients)],
        })
        {
            Residue = residue,
            MissingWitness = TorchLibrary.Problem is { } problem ? $"Without autograd as a witness: {problem}" : null,
        };
    }

    /// <summary>The precision that a prototype computed in: the lowest of its weights.</summary>
    internal static Precision PrecisionOf(SavedPrototype saved)
    {
        var weights = saved.Weights.Tensors.Select(tensor => tensor.Name).Append(SecondBias.Name).ToHashSet();
        return saved.Given.Where(array => weights.Contains(array.Tensor)).Select(PrecisionOf).Min();
    }

    /// <summary>The precision of one array.</summary>
    internal static Precision PrecisionOf(PrototypeArray<double> array) => array.ElementType switch
    {
        ElementType.Float16 => Precision.Float16,
        ElementType.Float32 => Precision.Float32,
        _ => Precision.Float64,
    };

    private static DiagnosisResult Diagnose(string path, SavedPrototype saved, IReadOnlyDictionary<string, double> uncertainty, bool isThorough)
    {
        var claims = new TensorSet(saved.Spec);
        foreach (var claim in saved.Claims.Where(claim => !SecondBiases.IsOne(claim.Tensor) && !SavedPrototype.IsDerived(claim.Tensor)))
        {
            claims.Add(claim.Tensor, claim.Values);
        }

        if (claims.Tensors.Count == 0)
        {
            throw new InputException($"{path}: gradients of second biases alone say too little; expected those of weights, or loss, y, p, h.");
        }

        // Without TorchSharp's library, autograd is missing among the witnesses; the report says so.
        using var autograd = TorchLibrary.IsAvailable ? new AutogradEngine<double>(saved.Weights) : null;
        return Doctor.Diagnose(
            new()
            {
                Weights = saved.Weights,
                Batch = saved.Batch,
                Claims = claims,
                Precision = PrecisionOf(saved),
                ArrayPrecisions = saved.Claims.ToDictionary(claim => claim.Tensor, PrecisionOf),
                Uncertainty = uncertainty,
                IsThorough = isThorough,
                Naming = new PrototypeNaming(saved),
            },
            autograd);
    }
}

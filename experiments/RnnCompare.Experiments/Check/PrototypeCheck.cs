using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data.Files;
using RnnCompare.Data.Layouts;
using RnnCompare.Engines;
using RnnCompare.Prototypes;
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
    /// <exception cref="InputException">The file cannot be checked, or the references disagree among themselves.</exception>
    public static CheckResult Run(string path, PrototypeOptions options)
    {
        var saved = PrototypeFile.Read(path, options);
        using var manual = new ManualEngine<double>(saved.Weights);
        var diagnosis = Diagnose(path, saved);
        if (diagnosis.Verdict == Verdict.ReferencesDisagree)
        {
            throw new InputException($"{path}: the references disagree among themselves, so nothing can be said: {string.Join("; ", diagnosis.Reference.Lines)}.");
        }

        var second = SecondBiases.Compare(saved, manual);
        var wrong = second.Where(tensor => !tensor.Agrees).ToArray();
        return new(path, saved, diagnosis with
        {
            Verdict = wrong.Length > 0 ? Verdict.Disagrees : diagnosis.Verdict,
            Tensors = [.. diagnosis.Tensors, .. second],
            Faults = diagnosis.Verdict == Verdict.Agrees ? [.. SecondBiases.Faults(saved, wrong)] : diagnosis.Faults,
            NotChecked = [.. Results.Where(diagnosis.NotChecked.Contains).Concat(saved.MissingGradients)],
        });
    }

    /// <summary>The precision that a prototype computed in: the lowest of its weights.</summary>
    internal static Precision PrecisionOf(SavedPrototype saved)
    {
        var weights = saved.Weights.Tensors.Select(tensor => tensor.Name).Append(SecondBias.Name).ToHashSet();
        return saved.Given.Where(array => weights.Contains(array.Tensor)).Select(PrecisionOf).Min();
    }

    /// <summary>The precision of one array.</summary>
    internal static Precision PrecisionOf(PrototypeArray<double> array) => array.ElementType == ElementType.Float32 ? Precision.Float32 : Precision.Float64;

    private static DiagnosisResult Diagnose(string path, SavedPrototype saved)
    {
        var claims = new TensorSet(saved.Spec);
        foreach (var claim in saved.Claims.Where(claim => !SecondBiases.IsOne(claim.Tensor)))
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
                Naming = new PrototypeNaming(saved),
            },
            autograd);
    }
}

using RnnCompare.Checking.Diagnosis;

namespace RnnCompare.Experiments.Check;

/// <summary>A distance far above rounding and far below a mistake: small numbers added for safety, or float32 somewhere in a float64 program.</summary>
internal static class Residue
{
    // Larger distances are mistakes; so is any that a known mistake explains.
    private const double Largest = 1e-6;

    // The limit of agreement is sixteen floors: with a quarter of the distance as the floor, it is four distances.
    private const double Share = 0.25;

    /// <summary>The residue of a diagnosis, relative to the arrays' norms; null where there is none.</summary>
    public static double? Of(DiagnosisResult diagnosis)
    {
        double[] small = diagnosis.Verdict == Verdict.Disagrees && diagnosis.Faults.Count == 0
            ? [.. diagnosis.Tensors.Where(tensor => !tensor.Agrees && tensor.Relative <= Largest).Select(tensor => tensor.Relative)]
            : [];
        return small.Length > 0 ? small.Max() : null;
    }

    /// <summary>The uncertainty of every array that a residue makes.</summary>
    public static Dictionary<string, double> Raised(DiagnosisResult diagnosis, IReadOnlyDictionary<string, double> uncertainty, double level)
    {
        return diagnosis.Tensors.ToDictionary(tensor => tensor.Name, tensor => Math.Max(uncertainty.GetValueOrDefault(tensor.Name), Share * level));
    }
}

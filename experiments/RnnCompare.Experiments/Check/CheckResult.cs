using RnnCompare.Checking.Diagnosis;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>What the doctor says of a saved prototype.</summary>
/// <param name="Path">The file or folder, as it was named.</param>
/// <param name="Saved">What it holds.</param>
/// <param name="Diagnosis">The doctor's findings, those on second biases included.</param>
public sealed record CheckResult(string Path, SavedPrototype Saved, DiagnosisResult Diagnosis)
{
    /// <summary>A distance of all arrays far above rounding and far below a mistake, to which the floor was raised; null where there is none.</summary>
    public double? Residue { get; init; }

    /// <summary>Whether every array is right.</summary>
    public bool Agrees => Diagnosis.Verdict == Verdict.Agrees;

    /// <summary>The witness that could not be asked, and why; null where all were.</summary>
    public string? MissingWitness { get; init; }
}

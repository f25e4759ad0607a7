using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Prototypes;

namespace RnnCompare.Experiments.Check;

/// <summary>What the doctor says of a saved prototype.</summary>
public sealed record CheckResult
{
    /// <summary>The file or folder, as it was named.</summary>
    public required string Path { get; init; }

    /// <summary>What it holds.</summary>
    public required SavedPrototype Saved { get; init; }

    /// <summary>The doctor's findings, under canonical names where they are not text.</summary>
    public required DiagnosisResult Diagnosis { get; init; }

    /// <summary>The precision of the prototype's weights.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Every array given against the right one, those of second biases included.</summary>
    public required IReadOnlyList<TensorComparison> Tensors { get; init; }

    /// <summary>The mistakes that reproduce everything, the best explanation first.</summary>
    public required IReadOnlyList<NamedFault> Faults { get; init; }

    /// <summary>The arrays that were not given and so not checked, in the prototype's names.</summary>
    public required IReadOnlyList<string> NotChecked { get; init; }

    /// <summary>Whether every array is right.</summary>
    public bool Agrees => Tensors.All(tensor => tensor.Agrees);
}

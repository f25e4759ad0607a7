using RnnCompare.Checking.Comparison;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>What can be said about a program from the arrays that it gave.</summary>
public sealed record DiagnosisResult
{
    /// <summary>What it comes to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Every array given against the right one.</summary>
    public required IReadOnlyList<TensorComparison> Tensors { get; init; }

    /// <summary>The mistakes that reproduce everything, the best explanation first; empty where none does.</summary>
    public IReadOnlyList<NamedFault> Faults { get; init; } = [];

    /// <summary>What the difference looks like where no known mistake reproduces it.</summary>
    public IReadOnlyList<string> Observations { get; init; } = [];

    /// <summary>The mistakes that these arrays cannot reveal.</summary>
    public IReadOnlyList<BlindSpot> BlindTo { get; init; } = [];

    /// <summary>The mistakes of which it is not known whether these arrays could reveal them: the network is large, and to ask takes long.</summary>
    public int NotAsked { get; init; }

    /// <summary>The arrays that a pass computes, but that were not given.</summary>
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>The first wrong step, where h or dL/dh_t was given and is wrong.</summary>
    public WrongStep? FirstWrongStep { get; init; }

    /// <summary>What the references that were compared with say of each other.</summary>
    public required ReferenceCheck Reference { get; init; }

    /// <summary>The network.</summary>
    public required RnnSpec Spec { get; init; }

    /// <summary>The network and the batch in a few words: <c>lstm, T=5 B=2 I=4 H=7 O=3, float64</c>.</summary>
    public required string Context { get; init; }

    /// <summary>What the program calls its arrays.</summary>
    public required ITensorNaming Naming { get; init; }

    /// <summary>The verdict on a program, without what explains it.</summary>
    /// <param name="prototype">The program.</param>
    /// <param name="reference">Whether the references agree.</param>
    /// <param name="comparison">How its arrays compare.</param>
    internal static DiagnosisResult Of(Prototype prototype, ReferenceCheck reference, GradientComparison comparison) => new()
    {
        Verdict = !reference.Agrees ? Verdict.ReferencesDisagree : comparison.Agrees ? Verdict.Agrees : Verdict.Disagrees,
        Tensors = comparison.Tensors,
        NotChecked = comparison.NotChecked,
        Reference = reference,
        Spec = prototype.Weights.Spec,
        Context = $"{prototype.Sizes}, {prototype.Precision.Name()}",
        Naming = prototype.Naming,
    };
}

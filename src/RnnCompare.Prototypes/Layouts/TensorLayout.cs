using RnnCompare.Cells;
using RnnCompare.Models;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>How a convention names and shapes one canonical tensor.</summary>
/// <param name="Tensor">The canonical name without layer and direction: one of <see cref="TensorNames"/>, or <see cref="SecondBias.Name"/>.</param>
/// <param name="Axes">The shape that is written, in the letters of <see cref="AxisSizes"/>.</param>
/// <param name="Names">What the array is called; the first is written, all are read.</param>
public sealed record TensorLayout(string Tensor, string Axes, params IReadOnlyList<string> Names)
{
    /// <summary>Another shape that people who follow this convention give the tensor: bias vectors where it has rows.</summary>
    public string? OtherAxes { get; init; }

    /// <summary>Which half of a pair of biases in one array this is.</summary>
    public int Part { get; init; }

    /// <summary>Whether only cells with a candidate bias have the tensor so (true), only those without (false), or all (null).</summary>
    public bool? CandidateBias { get; init; }

    /// <summary>Whether the tensor belongs to the output layer, of which there is one.</summary>
    public bool IsOutput => Tensor is TensorNames.Why or TensorNames.By;

    /// <summary>Whether every network has the tensor; biases may be left out.</summary>
    public bool IsRequired => Tensor is TensorNames.Wxh or TensorNames.Whh or TensorNames.Why;

    /// <summary>Whether the array is the other way round than the canonical tensor: (in, out) and not (out, in).</summary>
    public bool IsTransposed => IsRequired && Axes != CanonicalAxes;

    /// <summary>The axes of the canonical tensor.</summary>
    internal string CanonicalAxes => Tensor switch
    {
        TensorNames.Wxh => "GI",
        TensorNames.Whh => "GH",
        TensorNames.Bhn => Axes.Contains('G', StringComparison.Ordinal) ? "C" : "H",
        SecondBias.Name => "S",
        TensorNames.Why => "OF",
        TensorNames.By => "O",
        _ => "G",
    };

    internal bool AppliesTo(RecurrentCell cell) => CandidateBias is null || CandidateBias == cell.HasCandidateBias;
}

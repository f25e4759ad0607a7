namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>A sequence of words, or of vectors, and what it is.</summary>
/// <param name="Words">The words; null for vectors.</param>
/// <param name="Vectors">The vectors, all of one size; null for words.</param>
/// <param name="Label">The class.</param>
internal sealed record LabelledSequence(IReadOnlyList<string>? Words, IReadOnlyList<double[]>? Vectors, string Label)
{
    /// <summary>The steps.</summary>
    public int Length => Words?.Count ?? Vectors!.Count;
}

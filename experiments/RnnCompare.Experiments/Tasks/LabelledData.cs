using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Sequences with labels, in their parts; all of words, or all of vectors of one size.</summary>
/// <param name="Training">What is learnt from.</param>
/// <param name="Validation">What is looked at while learning; may be empty.</param>
/// <param name="Test">What is looked at at the end.</param>
internal sealed record LabelledData(IReadOnlyList<LabelledSequence> Training, IReadOnlyList<LabelledSequence> Validation, IReadOnlyList<LabelledSequence> Test)
{
    private const int Parts = 10;

    /// <summary>Every sequence.</summary>
    public IEnumerable<LabelledSequence> All => Training.Concat(Validation).Concat(Test);

    /// <summary>Sequences cut at random: eight tenths for training, a tenth each for validation and test.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="source">Where they come from, for messages.</param>
    /// <param name="seed">What the draws start from.</param>
    /// <exception cref="InputException">There are too few.</exception>
    public static LabelledData Cut(IReadOnlyList<LabelledSequence> sequences, string source, int seed)
    {
        if (sequences.Count < Parts)
        {
            throw new InputException($"{source}: there are {sequences.Count} sequences, but at least {Parts} are needed: a tenth each is for validation and test.");
        }

        var order = DrawSource.For(seed, DrawSource.Purpose.Evaluation).Permutation(sequences.Count).Data;
        LabelledSequence[] shuffled = [.. order.Select(index => sequences[(int)index])];
        var tenth = shuffled.Length / Parts;
        return new(shuffled[..^(2 * tenth)], shuffled[^(2 * tenth)..^tenth], shuffled[^tenth..]);
    }
}


namespace RnnCompare.Experiments.Tasks;

/// <summary>Texts cut into training (90 %), validation (5 %) and test part (5 %).</summary>
internal static class TextSources
{
    private const int Parts = 20;

    /// <summary>A text cut where it stands.</summary>
    public static IReadOnlyList<ReadOnlyMemory<char>> Contiguous(string text)
    {
        var (validation, test) = (Cut(text.Length, Parts - 2), Cut(text.Length, Parts - 1));
        var whole = text.AsMemory();
        return [whole[..Whole(validation)], whole[Whole(validation)..Whole(test)], whole[Whole(test)..]];

        // A cut never falls between the two halves of a character.
        int Whole(int index) => index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
    }

    /// <summary>Lines in an order drawn from a seed, each ended by <c>\n</c>: a sorted list would teach one letter at a time.</summary>
    public static IReadOnlyList<ReadOnlyMemory<char>> ShuffledLines(string text, int seed)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var order = DrawSource.For(seed, DrawSource.Purpose.Training).Permutation(lines.Length).Data;
        var (validation, test) = (Cut(lines.Length, Parts - 2), Cut(lines.Length, Parts - 1));
        return [Joined(order[..validation]), Joined(order[validation..test]), Joined(order[test..])];

        ReadOnlyMemory<char> Joined(long[] indices) => string.Concat(indices.Select(index => lines[index] + "\n")).AsMemory();
    }

    private static int Cut(int length, int parts) => (int)((long)length * parts / Parts);
}

using System.Text;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The characters (Unicode code points) of a text, in code-point order, and their indices.</summary>
internal sealed class Vocabulary
{
    private readonly Rune[] _runes;
    private readonly Dictionary<Rune, long> _indices;

    public Vocabulary(string text)
    {
        _runes = [.. text.EnumerateRunes().Distinct().Order()];
        _indices = _runes.Select((rune, index) => (rune, index)).ToDictionary(pair => pair.rune, pair => (long)pair.index);
    }

    public int Size => _runes.Length;

    public Rune this[int index] => _runes[index];

    public long[] Encode(string text) => [.. text.EnumerateRunes().Select(rune => _indices[rune])];

    public long? IndexOf(char character) => _indices.TryGetValue(new(character), out var index) ? index : null;
}

using System.Text;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The characters (Unicode code points) of a text, in code-point order, and their indices.</summary>
internal sealed class Vocabulary
{
    private readonly Rune[] _runes;
    private readonly Dictionary<Rune, int> _indices;

    /// <summary>The characters of some texts.</summary>
    public Vocabulary(IEnumerable<ReadOnlyMemory<char>> texts)
    {
        var seen = new HashSet<Rune>();
        foreach (var text in texts)
        {
            foreach (var rune in text.Span.EnumerateRunes())
            {
                seen.Add(rune);
            }
        }

        _runes = [.. seen.Order()];
        _indices = _runes.Select((rune, index) => (rune, index)).ToDictionary(pair => pair.rune, pair => pair.index);
    }

    public int Size => _runes.Length;

    public Rune this[int index] => _runes[index];

    public Tokens Encode(ReadOnlyMemory<char> text)
    {
        var count = 0;
        foreach (var _ in text.Span.EnumerateRunes())
        {
            count++;
        }

        return new(Indices(text), count, Size);
    }

    public int? IndexOf(char character) => _indices.TryGetValue(new(character), out var index) ? index : null;

    private IEnumerable<int> Indices(ReadOnlyMemory<char> text)
    {
        for (var position = 0; position < text.Length;)
        {
            Rune.DecodeFromUtf16(text.Span[position..], out var rune, out var length);
            position += length;
            yield return _indices[rune];
        }
    }
}

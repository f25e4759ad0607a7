using System.Globalization;

namespace RnnCompare.Prototypes.Files;

/// <summary>Reads a <c>.npy</c> header: a Python dictionary of exactly three keys, in any order. Nothing is evaluated.</summary>
internal sealed class NpyHeaderParser
{
    private readonly string _text;
    private readonly ArrayName _name;
    private int _position;

    private NpyHeaderParser(string text, ArrayName name)
    {
        _text = text;
        _name = name;
    }

    public static (string Descr, bool FortranOrder, IReadOnlyList<long> Shape) Parse(string text, ArrayName name) =>
        new NpyHeaderParser(text, name).ParseDictionary();

    private (string Descr, bool FortranOrder, IReadOnlyList<long> Shape) ParseDictionary()
    {
        string? descr = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        Expect('{');
        while (!Take('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = ReadType();
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = ReadTruth();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Refusal();
            }

            if (Take(',')) continue;

            Expect('}');
            break;
        }

        return _text.AsSpan(_position).IsWhiteSpace() && descr is not null && fortranOrder is { } order && shape is not null
            ? (descr, order, shape)
            : throw Refusal();
    }

    private string ReadType() => Peek() is '[' or '('
        ? throw _name.Refuse("has records for elements (a structured type); expected numbers or text.")
        : ReadString();

    private string ReadString()
    {
        var quote = Take('\'') ? '\'' : '"';
        if (quote == '"') Expect('"');

        var end = _text.IndexOf(quote, _position);
        if (end < 0) throw Refusal();

        var start = _position;
        _position = end + 1;
        return _text[start..end];
    }

    private bool ReadTruth()
    {
        var value = Peek() == 'T';
        var word = value ? "True" : "False";
        if (!_text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal)) throw Refusal();

        _position += word.Length;
        return value;
    }

    private List<long> ReadShape()
    {
        var shape = new List<long>();
        Expect('(');
        while (!Take(')'))
        {
            shape.Add(ReadLength());
            if (Take(',')) continue;

            Expect(')');
            break;
        }

        return shape;
    }

    private long ReadLength()
    {
        Peek();
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '-')) _position++;

        return long.TryParse(_text.AsSpan(start.._position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw Refusal();
    }

    private void Expect(char symbol)
    {
        if (!Take(symbol)) throw Refusal();
    }

    private bool Take(char symbol)
    {
        if (Peek() != symbol) return false;

        _position++;
        return true;
    }

    /// <summary>The next character that is no white space; NUL at the end.</summary>
    private char Peek()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position])) _position++;

        return _position < _text.Length ? _text[_position] : '\0';
    }

    private InvalidDataException Refusal() =>
        _name.Refuse($"has a header that is not NumPy's; expected {{'descr': …, 'fortran_order': …, 'shape': …}}, found {_text.Trim()}");
}

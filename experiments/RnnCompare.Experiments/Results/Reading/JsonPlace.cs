using System.Globalization;
using System.Text.Json;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>A value in a JSON file that knows where it stands, so that a damaged file is named by file and place.</summary>
internal readonly record struct JsonPlace
{
    private readonly Position _position;

    /// <summary>The root of a file.</summary>
    /// <param name="root">Its value.</param>
    /// <param name="path">The file.</param>
    public JsonPlace(JsonElement root, string path)
        : this(root, new Position(null, path, 0))
    {
    }

    private JsonPlace(JsonElement element, Position position) => (Element, _position) = (element, position);

    /// <summary>The value.</summary>
    public JsonElement Element { get; }

    /// <summary>The file and the path in it: <c>summary.json: separations[0].points</c>.</summary>
    public string Where => _position.ToString();

    /// <summary>The value of a key; null where the key is absent or its value is null.</summary>
    public JsonPlace? Find(string key)
    {
        Require(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? new(value, new Position(_position, key, 0)) : null;
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="InputException">The key is absent.</exception>
    public JsonPlace Get(string key) => Find(key) ?? throw new InputException($"{Where}: {key} is missing.");

    /// <summary>The keys with their values, in the file's order.</summary>
    public IEnumerable<KeyValuePair<string, JsonPlace>> Entries()
    {
        Require(JsonValueKind.Object, "an object");
        var place = this;
        return Element.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, new JsonPlace(entry.Value, new Position(place._position, entry.Name, 0))));
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        Require(JsonValueKind.Array, "a list");
        var position = _position;
        return Element.EnumerateArray().Select((item, i) => new JsonPlace(item, new Position(position, null, i)));
    }

    /// <summary>The items of the list of a key; none where the key is absent.</summary>
    public IEnumerable<JsonPlace> ItemsOf(string key) => Find(key)?.Items() ?? [];

    /// <summary>A number; NaN for null, which stands for what is not a finite number.</summary>
    public double Number()
    {
        if (Element.ValueKind == JsonValueKind.Null)
        {
            return double.NaN;
        }

        Require(JsonValueKind.Number, "a number or null");
        return Element.GetDouble();
    }

    /// <summary>The number of a key; NaN where the key is absent or null.</summary>
    public double NumberOf(string key) => Find(key)?.Number() ?? double.NaN;

    /// <summary>A list of numbers.</summary>
    public double[] Numbers() => [.. Items().Select(item => item.Number())];

    /// <summary>The list of numbers of a key; empty where the key is absent.</summary>
    public double[] NumbersOf(string key) => Find(key)?.Numbers() ?? [];

    /// <summary>A whole number.</summary>
    public int Whole()
    {
        return Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var value) ? value : throw Wrong("a whole number");
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        return Element.GetString()!;
    }

    /// <summary>The text of a key; null where the key is absent.</summary>
    public string? TextOf(string key) => Find(key)?.Text();

    /// <summary>True or false.</summary>
    public bool Truth()
    {
        return Element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong("true or false"),
        };
    }

    private void Require(JsonValueKind kind, string expectation)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong(expectation);
        }
    }

    private InputException Wrong(string expectation)
    {
        var shown = Element.GetRawText();
        return new($"{Where} is {(shown.Length > 40 ? shown[..40].ReplaceLineEndings(" ") + "…" : shown.ReplaceLineEndings(" "))}, expected {expectation}.");
    }

    // Put together only when somebody asks: a file has thousands of values, and hardly ever one that is wrong.
    private sealed record Position(Position? Above, string? Key, int Index)
    {
        public override string ToString()
        {
            return Above is null ? Key!
                : Key is null ? string.Create(CultureInfo.InvariantCulture, $"{Above}[{Index}]")
                : $"{Above}{(Above.Above is null ? ": " : ".")}{Key}";
        }
    }
}

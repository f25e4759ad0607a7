using System.Text.Json;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>A value in a JSON file that knows where it stands, so that a damaged file is named by file and place.</summary>
/// <param name="Element">The value.</param>
/// <param name="Where">The file and the path in it: <c>summary.json: partings[0].points</c>.</param>
internal readonly record struct JsonPlace(JsonElement Element, string Where)
{
    /// <summary>The value of a key; null where the key is absent or its value is null.</summary>
    public JsonPlace? Find(string key)
    {
        Require(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? new(value, Below(key)) : null;
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="InputException">The key is absent.</exception>
    public JsonPlace Get(string key) => Find(key) ?? throw new InputException($"{Where}: {key} is missing.");

    /// <summary>The keys with their values, in the file's order.</summary>
    public IEnumerable<KeyValuePair<string, JsonPlace>> Entries()
    {
        Require(JsonValueKind.Object, "an object");
        var place = this;
        return Element.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, new JsonPlace(entry.Value, place.Below(entry.Name))));
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        Require(JsonValueKind.Array, "a list");
        var where = Where;
        return Element.EnumerateArray().Select((item, i) => new JsonPlace(item, $"{where}[{i}]"));
    }

    /// <summary>The items of the list of a key; none where the key is absent.</summary>
    public IEnumerable<JsonPlace> ItemsOf(string key) => Find(key)?.Items() ?? [];

    /// <summary>A number; NaN for null, which stands for what is no finite number.</summary>
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

    private string Below(string key) => Where.EndsWith(".json", StringComparison.Ordinal) ? $"{Where}: {key}" : $"{Where}.{key}";

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
}

using System.Text.Json;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Phrases with whether they are positive: a JSON object with <c>train</c> and <c>test</c>, each of phrases and true or false.</summary>
internal static class SentimentData
{
    private const int LongestShown = 60;

    /// <summary>Reads the format.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InputException">It is not of the format.</exception>
    public static LabelledData Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new(Part(document.RootElement, "train", source), [], Part(document.RootElement, "test", source));
        }
        catch (JsonException e)
        {
            throw new InputException($"{source}, line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{source}: an escape \\u stands for half a character (a lone surrogate).", e);
        }
    }

    private static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    private static List<LabelledSequence> Part(JsonElement root, string name, string source)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var part) || part.ValueKind != JsonValueKind.Object)
        {
            throw new InputException($"{source}: there must be an object \"{name}\" of phrases, each with true or false.");
        }

        var phrases = new List<LabelledSequence>();
        foreach (var phrase in part.EnumerateObject())
        {
            var words = phrase.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || phrase.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw new InputException($"{source}: the phrase \"{Shown(phrase.Name)}\" of {name} is {Shown(phrase.Value.GetRawText())}, but must be words with true or false.");
            }

            phrases.Add(new(words, null, phrase.Value.GetBoolean() ? "positive" : "negative"));
        }

        return phrases.Count > 0 ? phrases : throw new InputException($"{source}: {name} has no phrases.");
    }
}

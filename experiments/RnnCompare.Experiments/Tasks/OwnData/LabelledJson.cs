using System.Text;
using System.Text.Json;

namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>Labelled sequences as JSON lines: <c>{"sequence": …, "label": …}</c>, an object on each line.</summary>
/// <remarks>A sequence is a text of words, a list of words, a list of numbers, or a list of lists of numbers, in all lines of one kind and one size.</remarks>
internal sealed class LabelledJson
{
    private readonly string _source;
    private readonly string _sequenceKey;
    private readonly string _labelKey;
    private LabelledSequence? _first;

    private LabelledJson(string source, string sequenceKey, string labelKey)
    {
        (_source, _sequenceKey, _labelKey) = (source, sequenceKey, labelKey);
    }

    /// <summary>Reads all lines; empty ones do not count.</summary>
    /// <exception cref="InputException">A line cannot be used; the message names it and the column.</exception>
    public static List<LabelledSequence> Parse(string text, string source, string sequenceKey, string labelKey)
    {
        var reader = new LabelledJson(source, sequenceKey, labelKey);
        return [.. text.Split('\n').Select((line, index) => (line, index)).Where(pair => pair.line.Trim().Length > 0).Select(pair => reader.Line(pair.line, pair.index + 1))];
    }

    private LabelledSequence Line(string line, int number)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            var sequence = Object(ref reader, bytes, number);
            while (reader.Read())
            {
            }

            return sequence;
        }
        catch (JsonException e)
        {
            throw Refusal(bytes, number, e.BytePositionInLine ?? 0, e.Message.Split(" LineNumber:")[0]);
        }
    }

    private LabelledSequence Object(ref Utf8JsonReader reader, byte[] bytes, int number)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refusal(bytes, number, reader.TokenStartIndex, $"a line must be an object {{\"{_sequenceKey}\": …, \"{_labelKey}\": …}}.");
        }

        (LabelledSequence? Value, long Start) sequence = default;
        string? label = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == _sequenceKey)
            {
                var start = reader.TokenStartIndex;
                sequence = (Sequence(ref reader, bytes, number), start);
            }
            else if (name == _labelKey)
            {
                label = Label(ref reader, bytes, number);
            }
            else
            {
                reader.Skip();
            }
        }

        var found = sequence.Value ?? throw Refusal(bytes, number, reader.TokenStartIndex, $"there is no \"{_sequenceKey}\".");
        found = found with { Label = label ?? throw Refusal(bytes, number, reader.TokenStartIndex, $"there is no \"{_labelKey}\".") };
        RequireKind(found, bytes, number, sequence.Start);
        return found;
    }

    private string Label(ref Utf8JsonReader reader, byte[] bytes, int number)
    {
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
            ? reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan)
            : throw Refusal(bytes, number, reader.TokenStartIndex, $"\"{_labelKey}\" must be a text, a number, true or false.");
    }

    private LabelledSequence Sequence(ref Utf8JsonReader reader, byte[] bytes, int number)
    {
        var start = reader.TokenStartIndex;
        var (words, vectors) = (new List<string>(), new List<double[]>());
        if (reader.TokenType == JsonTokenType.String)
        {
            words.AddRange(reader.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var step = reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.String:
                        words.Add(reader.GetString()!);
                        break;
                    case JsonTokenType.Number:
                        vectors.Add([Number(ref reader, bytes, number)]);
                        break;
                    case JsonTokenType.StartArray:
                        vectors.Add(Vector(ref reader, bytes, number));
                        break;
                    default:
                        throw Refusal(bytes, number, step, "a step must be a word, a number, or a list of numbers.");
                }

                if ((words.Count > 0 && vectors.Count > 0) || (vectors.Count > 0 && vectors[^1].Length != vectors[0].Length))
                {
                    throw Refusal(bytes, number, step, "the step is of another kind or size than those before it.");
                }
            }
        }
        else
        {
            throw Refusal(bytes, number, start, $"\"{_sequenceKey}\" must be a text or a list.");
        }

        return words.Count + vectors.Count > 0
            ? new(words.Count > 0 ? words : null, words.Count > 0 ? null : vectors, "")
            : throw Refusal(bytes, number, start, "the sequence is empty.");
    }

    private double[] Vector(ref Utf8JsonReader reader, byte[] bytes, int number)
    {
        var start = reader.TokenStartIndex;
        var vector = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            vector.Add(Number(ref reader, bytes, number));
        }

        return vector.Count > 0 ? [.. vector] : throw Refusal(bytes, number, start, "the vector is empty.");
    }

    private double Number(ref Utf8JsonReader reader, byte[] bytes, int number)
    {
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Refusal(bytes, number, reader.TokenStartIndex, "that is not a number.");
    }

    private void RequireKind(LabelledSequence sequence, byte[] bytes, int number, long start)
    {
        _first ??= sequence;
        var (expected, actual) = (Kind(_first), Kind(sequence));
        if (expected != actual)
        {
            throw Refusal(bytes, number, start, $"the sequence is of {actual}, but the first one is of {expected}.");
        }

        static string Kind(LabelledSequence each)
        {
            return each.Vectors is not { } vectors ? "words" : vectors[0].Length == 1 ? "numbers" : $"vectors of {vectors[0].Length}";
        }
    }

    private InputException Refusal(byte[] bytes, int line, long position, string what)
    {
        var column = Encoding.UTF8.GetCharCount(bytes, 0, (int)Math.Min(position, bytes.Length)) + 1;
        return new($"{_source}, line {line}, column {column}: {what}");
    }
}

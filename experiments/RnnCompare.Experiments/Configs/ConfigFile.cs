using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnCompare.Experiments.Configs;

/// <summary>Reads and writes config files: one flat JSON object, in which comments and a last comma are welcome.</summary>
public static class ConfigFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The defaults with the values of a file put over them.</summary>
    /// <exception cref="InputException">The file is missing, is not such JSON, or holds a key or a value that is not accepted; the message names the line.</exception>
    public static ExperimentConfig Read(string path) => GivenValue.Resolve(ReadValues(path));

    /// <summary>The values of a file, in its order.</summary>
    /// <exception cref="InputException">The file is missing, is not such JSON, or holds a key that there is not; the message names the line.</exception>
    public static IReadOnlyCollection<GivenValue> ReadValues(string path)
    {
        return Parse(InputFile.ReadBytes(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>A config as a file: every key that its task uses, with what it means as a comment.</summary>
    public static string Write(ExperimentConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var text = new StringBuilder("{\n");
        var keys = ConfigKeys.UsedBy(config.Task);
        foreach (var key in keys)
        {
            var comma = key == keys[^1] ? "" : ",";
            text.Append($"  // {key.Help}: {key.Expectation}\n  \"{key.Name}\": {key.Read(config).ToJsonString(Written)}{comma}\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The values of a file's text.</summary>
    /// <param name="bytes">The text in UTF-8.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <exception cref="InputException">It is not such JSON, or holds a key that there is not; the message names the line.</exception>
    internal static IReadOnlyCollection<GivenValue> Parse(byte[] bytes, string source, string folder)
    {
        var text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        if (Utf8Text.FirstInvalid(text) is { } position)
        {
            throw new InputException($"{source}, line {LineOf(text, position)}: byte 0x{text[position]:x2} is no valid UTF-8.");
        }

        try
        {
            return Parse(text, source, folder);
        }
        catch (JsonException e)
        {
            // The message ends with the position, counted from 0 and without the file.
            throw new InputException($"{source}, line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }
    }

    private static int LineOf(ReadOnlySpan<byte> text, int position) => 1 + text[..position].Count((byte)'\n');

    private static List<GivenValue> Parse(ReadOnlySpan<byte> text, string path, string folder)
    {
        var values = new List<GivenValue>();
        var reader = new Utf8JsonReader(text, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InputException($"{path}: a config is one JSON object, {{ \"key\": value, … }}.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var where = $"{path}, line {LineOf(text, (int)reader.TokenStartIndex)}";
            var key = ConfigKeys.Named(Text(ref reader, where), where);
            if (values.Exists(given => given.Key == key))
            {
                throw new InputException($"{where}: {key.Name} stands in the file twice.");
            }

            reader.Read();
            values.Add(new(key, Value(ref reader, where, folder, key)));
        }

        // Reads to the end, so that anything after the object is found.
        while (reader.Read())
        {
        }

        return values;
    }

    private static ConfigValue Value(ref Utf8JsonReader reader, string where, string folder, ConfigKey key)
    {
        return reader.TokenType switch
        {
            JsonTokenType.String => new(Text(ref reader, where), ConfigValueKind.Text, where, folder),
            JsonTokenType.Number => new(Encoding.UTF8.GetString(reader.ValueSpan), ConfigValueKind.Number, where, folder),
            JsonTokenType.True or JsonTokenType.False => new(reader.GetBoolean() ? "true" : "false", ConfigValueKind.Switch, where, folder),
            _ => throw new InputException($"{where}: {key.Name} is {Described(reader.TokenType)}, but must be {key.Expectation}."),
        };
    }

    private static string Text(ref Utf8JsonReader reader, string where)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{where}: an escape \\u stands for half a character (a lone surrogate).", e);
        }
    }

    private static string Described(JsonTokenType type)
    {
        return type switch
        {
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            _ => "null",
        };
    }
}

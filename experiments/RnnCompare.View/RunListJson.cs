using System.Buffers;
using System.Text.Json;

namespace RnnCompare.View;

/// <summary>The list of runs for the page: what all configs share once, names once, and values in their order, so that thousands of runs stay small.</summary>
internal static class RunListJson
{
    /// <summary>The JSON text in UTF-8.</summary>
    /// <param name="rows">The runs.</param>
    /// <param name="stamp">Changes when any of them does.</param>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<RunRow> rows, string stamp)
    {
        var configs = rows.Select(row => row.Run?.Config.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal)).ToArray();
        var readable = configs.OfType<Dictionary<string, string>>().ToArray();
        var shared = readable.Length == 0 ? [] : readable[0].Where(entry => Array.TrueForAll(readable, config => config.TryGetValue(entry.Key, out var value) && value == entry.Value)).ToDictionary();
        string[] keys = [.. readable.SelectMany(config => config.Keys).Distinct()];
        string[] differing = [.. keys.Where(key => !shared.ContainsKey(key))];
        string[] results = [.. rows.SelectMany(row => row.Results).Select(entry => entry.Key).Distinct()];
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("stamp", stamp);
        WriteKeys(json, keys, shared);
        json.WriteStartArray("results");
        Array.ForEach(results, json.WriteStringValue);
        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (var (row, config) in rows.Zip(configs))
        {
            WriteRun(json, row, config ?? [], differing, results);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteKeys(Utf8JsonWriter json, string[] keys, Dictionary<string, string> shared)
    {
        json.WriteStartArray("keys");
        foreach (var key in keys)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            if (shared.TryGetValue(key, out var value))
            {
                json.WriteString("shared", value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRun(Utf8JsonWriter json, RunRow row, Dictionary<string, string> config, string[] keys, string[] results)
    {
        var figures = row.Results.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        json.WriteString("problem", row.Problem);
        json.WriteStartArray("config");
        foreach (var key in keys)
        {
            json.WriteStringValue(config.GetValueOrDefault(key));
        }

        json.WriteEndArray();
        json.WriteStartArray("results");
        foreach (var key in results)
        {
            switch (figures.GetValueOrDefault(key))
            {
                case double number when double.IsFinite(number):
                    json.WriteNumberValue(number);
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

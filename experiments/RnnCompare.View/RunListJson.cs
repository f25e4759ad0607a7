using System.Text.Json.Nodes;

namespace RnnCompare.View;

/// <summary>The list of runs for the page: keys once, and values in their order, so that thousands of runs stay small.</summary>
internal static class RunListJson
{
    /// <summary>The JSON text.</summary>
    public static string Write(IReadOnlyList<RunRow> rows)
    {
        string[] keys = [.. rows.SelectMany(row => row.Run?.Config ?? []).Select(entry => entry.Key).Distinct()];
        string[] results = [.. rows.SelectMany(row => row.Results).Select(entry => entry.Key).Distinct()];
        return new JsonObject
        {
            ["keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]),
            ["results"] = new JsonArray([.. results.Select(key => JsonValue.Create(key))]),
            ["runs"] = new JsonArray([.. rows.Select(row => Run(row, keys, results))]),
        }.ToJsonString();
    }

    private static JsonObject Run(RunRow row, string[] keys, string[] results)
    {
        var config = row.Run?.Config.ToDictionary(entry => entry.Key, entry => entry.Value) ?? [];
        var figures = row.Results.ToDictionary(entry => entry.Key, entry => entry.Value);
        return new()
        {
            ["id"] = row.Id,
            ["problem"] = row.Problem,
            ["config"] = new JsonArray([.. keys.Select(key => config.TryGetValue(key, out var value) ? JsonValue.Create(value) : null)]),
            ["results"] = new JsonArray([.. results.Select(key => figures.TryGetValue(key, out var value) ? Value(value) : null)]),
        };
    }

    private static JsonValue? Value(object value)
    {
        return value is double number ? double.IsFinite(number) ? JsonValue.Create(number) : null : JsonValue.Create((string)value);
    }
}

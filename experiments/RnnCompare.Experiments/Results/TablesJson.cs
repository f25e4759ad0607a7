using System.Text.Json.Nodes;

namespace RnnCompare.Experiments.Results;

/// <summary>Results as one JSON object, for programs.</summary>
public static class TablesJson
{
    /// <summary>Tables with all that stands in them, cell by cell as people read it.</summary>
    public static string Write(IEnumerable<ReportTable> tables, params IEnumerable<(string Key, JsonNode? Value)> before)
    {
        var root = new JsonObject(before.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
        {
            ["tables"] = new JsonArray([.. tables.Select(table => new JsonObject
            {
                ["title"] = table.Title,
                ["headers"] = Texts(table.Headers),
                ["rows"] = new JsonArray([.. table.Rows.Select(Texts)]),
                ["notes"] = Texts(table.Notes),
            })]),
        };
        return Text(root);
    }

    /// <summary>A table of facts: its first column names them, its second holds them; what is named several times is a list.</summary>
    public static string WriteFacts(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Text(new JsonObject(table.Rows.GroupBy(row => row[0]).Select(facts => KeyValuePair.Create<string, JsonNode?>(
            facts.Key, facts.Count() == 1 ? JsonValue.Create(facts.First()[1]) : Texts(facts.Select(row => row[1]))))));
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>An object as it is printed.</summary>
    public static string Text(JsonObject root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.ToJsonString(SummaryJson.Written) + "\n";
    }
}

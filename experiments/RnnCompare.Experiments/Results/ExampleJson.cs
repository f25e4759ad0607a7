using System.Text.Json.Nodes;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Examples;

namespace RnnCompare.Experiments.Results;

/// <summary>The gradients of a worked example for programs: <c>summary.json</c>.</summary>
public static class ExampleJson
{
    /// <summary>The text of the file.</summary>
    public static string Write(ExampleResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var gradients = new JsonObject();
        foreach (var (source, arrays) in result.Gradients)
        {
            var ofSource = new JsonObject();
            foreach (var name in arrays.Names)
            {
                var values = arrays.Get<double>(name);
                ofSource[name] = new JsonObject
                {
                    ["shape"] = new JsonArray([.. values.Shape.ToArray().Select(length => JsonValue.Create(length))]),
                    ["values"] = new JsonArray([.. values.Data.Select(SummaryJson.Number)]),
                };
            }

            gradients[source] = ofSource;
        }

        return new JsonObject
        {
            ["format"] = RunReader.Format,
            ["name"] = result.Config.Name,
            ["sound"] = result.IsSound,
            ["outcome"] = result.Sentence,
            ["gradients"] = gradients,
        }.ToJsonString(SummaryJson.Written) + "\n";
    }
}

using System.Text.Json.Nodes;

namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>The key <c>seeds</c> of <c>summary.json</c>. What is not a finite number is null.</summary>
internal static class SeedJson
{
    /// <summary>The seeds, every value, and every comparison with its sentence.</summary>
    public static JsonObject Of(SeedSummary summary)
    {
        return new()
        {
            ["values"] = new JsonArray([.. summary.Seeds.Select(seed => JsonValue.Create(seed))]),
            ["results"] = new JsonArray([.. summary.Values.Select(value => new JsonObject
            {
                ["engine"] = value.Engine,
                ["seed"] = value.Seed,
                ["measure"] = value.Measure,
                ["value"] = Number(value.Value),
            })]),
            ["comparisons"] = new JsonArray([.. summary.Comparisons.Select(comparison => new JsonObject
            {
                ["measure"] = comparison.Measure,
                ["a"] = comparison.A,
                ["b"] = comparison.B,
                ["difference"] = Number(comparison.Difference.Mean),
                ["interval"] = new JsonArray(Number(comparison.Difference.Lower), Number(comparison.Difference.Upper)),
                ["n"] = comparison.Difference.Count,
                ["sentence"] = comparison.Sentence,
            })]),
        };
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>The check of a model in words, as a table, and for programs.</summary>
public static class OnnxText
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verdict in one line.</summary>
    public static string Verdict(OnnxFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var verdict = finding switch
        {
            { Agrees: true, Against: { } file } => $"agrees with {file}",
            { Agrees: true } => "computes what its operators mean",
            { Mistake: { } mistake } => $"disagrees{(finding.Against is { } file ? $" with {file}" : "")}; the known mistake {mistake.Id} explains it",
            { Against: { } file } => $"disagrees with {file}; no known mistake explains it",
            _ => "is computed otherwise by ONNX Runtime than its operators mean",
        };
        return $"{finding.Path} {verdict} ({finding.Network}).";
    }

    /// <summary>What was compared.</summary>
    public static ReportTable Table(OnnxFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new(
            "The model, run by ONNX Runtime on a random batch",
            ["array", "beside", "relative", "rounding", "verdict"],
            [.. finding.Arrays.Select((array, i) => Row(array, i == 0 ? "its own operators, in float64" : finding.Against!))],
            [$"relative: ‖a − b‖/‖b‖. rounding: what float32 alone does here, measured; up to {finding.Arrays[0].Limit} times that, at every step, agrees."]);
    }

    /// <summary>What follows from the verdict.</summary>
    public static IEnumerable<string> Findings(OnnxFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.Mistake is { } mistake)
        {
            yield return $"Mistake: {mistake.Id}.";
            yield return $"  model: {mistake.Wrong}";
            yield return $"  right: {mistake.Right}";
            yield return finding.Change is { } change
                ? string.Create(CultureInfo.InvariantCulture, $"PyTorch wrote the model, and nn.GRU resets after the product: the model's states are off by {100 * change:0.##} % of their norm on this batch.")
                : "With that mended, ONNX Runtime gives what the weights say, to within rounding.";
        }

        if (finding.Against is null)
        {
            yield return "Whether these are the weights, gates and equations that were meant is not seen from the model alone: --against FILE (the state dict, or what the prototype saved) compares it with its origin.";
        }
    }

    /// <summary>One JSON object.</summary>
    public static string Json(OnnxFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new JsonObject
        {
            ["verdict"] = finding.Agrees ? "agrees" : "disagrees",
            ["network"] = finding.Network,
            ["against"] = finding.Against,
            ["arrays"] = new JsonArray([.. finding.Arrays.Select((array, i) => Array(array, i == 0 ? null : finding.Against))]),
            ["mistake"] = finding.Mistake is { } mistake ? new JsonObject { ["id"] = mistake.Id, ["wrong"] = mistake.Wrong, ["right"] = mistake.Right, ["change"] = finding.Change } : null,
        }.ToJsonString(Written);
    }

    private static string[] Row(TensorComparison array, string beside)
    {
        return [array.Name, beside, Figures.Distance(array.Relative), Figures.Distance(array.NoiseFloor), array.Agrees ? "agrees" : "differs"];
    }

    private static JsonObject Array(TensorComparison array, string? against)
    {
        return new()
        {
            ["name"] = array.Name,
            ["against"] = against,
            ["relative"] = double.IsFinite(array.Relative) ? array.Relative : null,
            ["noiseFloor"] = double.IsFinite(array.NoiseFloor) ? array.NoiseFloor : null,
            ["agrees"] = array.Agrees,
        };
    }
}

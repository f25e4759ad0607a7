using System.Text.Json.Nodes;
using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Results;

namespace RnnCompare.Experiments.Verify;

/// <summary>What <c>rnncompare verify</c> found.</summary>
/// <param name="Findings">Every path of every case.</param>
/// <param name="Remedies">What was tried against what is wrong; empty where nothing is.</param>
/// <param name="Environment">What was verified.</param>
public sealed record VerifyResult(IReadOnlyList<LayerFinding> Findings, IReadOnlyList<Remedy> Remedies, RunEnvironment Environment)
{
    /// <summary>The verdict where nothing is wrong.</summary>
    internal const string Right = "right";

    private static readonly (LayerPath Path, string Header)[] Paths =
    [
        (LayerPath.WithGradients, "with gradients"),
        (LayerPath.NoGrad, "no_grad"),
        (LayerPath.Inference, "inference"),
        (LayerPath.Backward, "backward"),
    ];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsRight => Findings.All(finding => finding.Agrees);

    /// <summary>The answer in one line.</summary>
    public string Sentence
    {
        get
        {
            var (cases, torch) = (Findings.Select(finding => finding.Case).Distinct().Count(), Environment.Torch!);
            var subject = $"TorchSharp {torch.TorchSharpVersion} (libtorch {torch.LibTorchVersion})";
            return IsRight
                ? $"{subject} is right on this machine: {cases} layers agree with manual within their noise floors."
                : $"{subject} is wrong on this machine: {Findings.Where(finding => !finding.Agrees).Select(finding => finding.Case).Distinct().Count()} of {cases} layers lie outside of their noise floors.";
        }
    }

    /// <summary>What is wrong and where, a line each.</summary>
    public IReadOnlyList<string> Patterns => FailurePattern.Describe(Findings);

    /// <summary>A row for each layer and precision, a column for each path.</summary>
    public ReportTable Table()
    {
        var rows = Findings.GroupBy(finding => (finding.Layer, finding.Case.Precision)).Select(group => (IReadOnlyList<string>)
        [
            group.Key.Layer,
            group.Key.Precision.Name(),
            .. Paths.Select(path => Cell([.. group.Where(finding => finding.Path == path.Path)])),
        ]);
        return new(
            "Layers of TorchSharp beside manual in float64",
            ["layer", "precision", .. Paths.Select(path => path.Header)],
            [.. rows],
            ["Where all cases agree: the largest distance of an array, relative to its size; otherwise how many cases are wrong. Judged case by case, per gate and step, by what rounding alone costs there."])
        {
            IsText = true,
        };
    }

    /// <summary>The result for programs: one JSON object.</summary>
    public string Json()
    {
        var wrong = Findings.Where(finding => !finding.Agrees).ToArray();
        return new JsonObject
        {
            ["verdict"] = IsRight ? Right : "wrong",
            ["torchSharp"] = Environment.Torch!.TorchSharpVersion,
            ["libTorch"] = Environment.Torch.LibTorchVersion,
            ["processor"] = Environment.Processor,
            ["cases"] = Findings.Select(finding => finding.Case).Distinct().Count(),
            ["patterns"] = new JsonArray([.. Patterns.Select(line => JsonValue.Create(line))]),
            ["wrong"] = new JsonArray([.. wrong.Select(finding => new JsonObject
            {
                ["layer"] = finding.Layer,
                ["precision"] = finding.Case.Precision.Name(),
                ["path"] = Paths.Single(path => path.Path == finding.Path).Header,
                ["case"] = finding.Case.ToString(),
                ["array"] = finding.Worst.Name,
                ["relative"] = double.IsFinite(finding.Worst.Relative) ? finding.Worst.Relative : null,
                ["noiseFloor"] = finding.Worst.NoiseFloor,
            })]),
            ["remedies"] = new JsonArray([.. Remedies.Select(remedy => new JsonObject { ["variable"] = remedy.Variable, ["mends"] = remedy.Mends })]),
        }.ToJsonString(SummaryJson.Written);
    }

    private static string Cell(IReadOnlyList<LayerFinding> findings)
    {
        var wrong = findings.Count(finding => !finding.Agrees);
        return findings.Count == 0 ? "–" : wrong > 0 ? $"{wrong} of {findings.Count} wrong" : Figures.Distance(findings.Max(FailurePattern.Distance));
    }
}

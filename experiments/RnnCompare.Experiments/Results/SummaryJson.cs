using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>The figures of a run for programs: <c>summary.json</c>. What is not a finite number is null.</summary>
public static class SummaryJson
{
    /// <summary>How JSON results are written.</summary>
    internal static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file.</summary>
    /// <param name="result">The run.</param>
    /// <param name="seeds">What several seeds came to, of which the run is the first; null where there is one seed.</param>
    public static string Write(RunResult result, SeedSummary? seeds = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var engines = new JsonObject();
        foreach (var group in result.Groups)
        {
            foreach (var contender in group.Contenders)
            {
                engines[contender.Name] = Engine(result, group, contender, seeds is null ? "" : RunReader.SeedFolder(result.Config.Seed) + "/");
            }
        }

        var torch = result.Environment.Torch;
        var root = new JsonObject
        {
            ["format"] = RunReader.Format,
            ["name"] = result.Config.Name,
            ["end"] = new JsonObject { ["kind"] = Word(result.End.Kind), ["steps"] = result.End.Steps, ["engine"] = result.End.Engine, ["loss"] = Number(result.End.Loss), ["began"] = result.End.LeftAt },
            ["environment"] = new JsonObject
            {
                ["processor"] = result.Environment.Processor,
                ["vectorInstructions"] = result.Environment.VectorInstructions,
                ["runtime"] = result.Environment.Runtime,
                ["torchSharp"] = torch?.TorchSharpVersion,
                ["libTorch"] = torch?.LibTorchVersion,
            },
            ["metric"] = result.Metric.Name,
            ["baseline"] = new JsonObject { ["name"] = result.Baseline.Name, ["test"] = Number(result.Baseline.Score) },
            ["engines"] = engines,
            ["gradientsBeforeTraining"] = List(result.Groups, group => group.Gradients),
            ["weightsAfterTraining"] = List(result.Groups, group => group.Weights),
            ["separations"] = new JsonArray([.. result.Groups.Where(group => group.Separations.Count > 0).Select(Separations)]),
            ["gradientFlow"] = new JsonArray([.. result.Groups.Where(group => group.Flow is not null).Select(Flow)]),
            ["samples"] = new JsonArray([.. result.Groups.SelectMany(group => group.Samples).Select(sample => JsonValue.Create(sample))]),
        };
        if (seeds is not null)
        {
            root["seeds"] = SeedJson.Of(seeds);
        }

        return root.ToJsonString(Written) + "\n";
    }

    private static JsonObject Engine(RunResult result, GroupResult group, ContenderResult contender, string folder)
    {
        var scores = new JsonObject();
        foreach (var (part, score) in contender.Scores)
        {
            scores[Word(part)] = new JsonObject { ["loss"] = Number(score.Loss), ["score"] = Number(score.Score) };
        }

        var rate = contender.StepsPerSecond;
        return new()
        {
            ["cell"] = group.Cell,
            ["smoothedLoss"] = Number(contender.SmoothedLoss),
            ["stepsPerSecond"] = Number(rate.Median),
            ["stepsPerSecondQuartiles"] = new JsonArray(Number(rate.Lower), Number(rate.Upper)),
            ["stepTimes"] = contender.Times is { } times ? Times(times, contender.ShareOfLimit) : null,
            ["scores"] = scores,
            ["weights"] = contender.Weights is null ? null : folder + RunFolder.WeightsFile(result, contender),
        };
    }

    private static JsonObject Times(StepTimeStatistics times, double shareOfLimit)
    {
        return new()
        {
            ["count"] = times.Count,
            ["percentiles"] = new JsonArray([.. times.Percentiles.Select(Number)]),
            ["median"] = Number(times.Median),
            ["medianInterval"] = new JsonArray(Number(times.MedianInterval.Lower), Number(times.MedianInterval.Upper)),
            ["ratio"] = Number(times.Ratio),
            ["ratioInterval"] = new JsonArray(Number(times.RatioInterval.Lower), Number(times.RatioInterval.Upper)),
            ["shareOfLimit"] = Number(shareOfLimit),
        };
    }

    private static JsonArray List(IEnumerable<GroupResult> groups, Func<GroupResult, IReadOnlyList<Agreement>> select)
    {
        return new([.. groups.SelectMany(group => select(group).Select(agreement => Agreed(group, agreement)))]);
    }

    private static JsonObject Agreed(GroupResult group, Agreement agreement)
    {
        var tensors = new JsonObject();
        foreach (var tensor in agreement.Comparison.Tensors)
        {
            tensors[tensor.Name] = new JsonObject { ["relative"] = Number(tensor.Relative), ["floor"] = Number(tensor.NoiseFloor) };
        }

        return new()
        {
            ["cell"] = group.Cell,
            ["expected"] = agreement.Expected,
            ["actual"] = agreement.Actual,
            ["precision"] = agreement.Precision,
            ["agrees"] = agreement.Comparison.Agrees,
            ["limit"] = Number(agreement.Comparison.Tensors[0].Limit),
            ["tensors"] = tensors,
        };
    }

    private static JsonObject Separations(GroupResult group)
    {
        return new()
        {
            ["cell"] = group.Cell,
            ["points"] = new JsonArray([.. group.Separations.Select(point => new JsonObject
            {
                ["step"] = point.Step,
                ["distances"] = new JsonArray([.. point.Distances.Select(Number)]),
                ["perturbed"] = Number(point.Perturbed),
                ["verdict"] = point.Verdict.Word(),
            })]),
            ["weightsVerdict"] = group.WeightsVerdict.Word(),
            ["twinSmoothedLosses"] = new JsonArray([.. group.PerturbedLosses.Select(Number)]),
        };
    }

    private static JsonObject Flow(GroupResult group)
    {
        var flow = new JsonObject { ["cell"] = group.Cell, ["spectralNorm"] = Number(group.Flow!.Bound?.SpectralNorm ?? double.NaN) };
        foreach (var curve in group.Flow.Back)
        {
            flow[curve.Engine] = new JsonArray([.. curve.Norms.Select(Number)]);
        }

        return flow;
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        return value.ToString().ToLowerInvariant();
    }

    /// <summary>A number; null where it is not finite.</summary>
    internal static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>The result of a check for programs: one JSON object. What is not a finite number is null.</summary>
public static class CheckJson
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object's text.</summary>
    public static string Write(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var diagnosis = result.Diagnosis;
        return new JsonObject
        {
            ["verdict"] = result.Agrees ? "agrees" : "disagrees",
            ["tensors"] = new JsonArray([.. diagnosis.Tensors.Select(tensor => Tensor(result, tensor))]),
            ["faults"] = new JsonArray([.. diagnosis.Faults.Select(Fault)]),
            ["blindTo"] = new JsonArray([.. diagnosis.BlindTo.Select(spot => new JsonObject { ["id"] = spot.Id, ["reason"] = DiagnosisText.Reason(spot) })]),
            ["notAsked"] = diagnosis.NotAsked,
            ["notChecked"] = Texts(diagnosis.NotChecked.Select(result.Saved.NameOf).Distinct()),
            ["firstWrongStep"] = diagnosis.FirstWrongStep?.Step,
            ["observations"] = Texts(diagnosis.Observations),
            ["missingWitness"] = result.MissingWitness,
            ["reading"] = result.Saved.Reading is { } reading ? Reading(reading) : null,
            ["ignored"] = Texts(result.Saved.Ignored),
        }.ToJsonString(Written);
    }

    private static JsonObject Reading(ReadingReport reading)
    {
        return new()
        {
            ["found"] = reading.Found,
            ["evidence"] = reading.Evidence,
            ["others"] = new JsonArray([.. reading.Others.Select(other => new JsonObject
            {
                ["differs"] = other.Differs,
                ["forward"] = Number(other.Distance),
                ["loss"] = other.LossDistance is { } loss ? Number(loss) : null,
                ["wrongGradients"] = other.WrongGradients,
            })]),
        };
    }

    private static JsonObject Tensor(CheckResult result, TensorComparison tensor)
    {
        return new()
        {
            ["name"] = result.Saved.NameOf(tensor.Name),
            ["maxAbs"] = Number(tensor.MaxAbs),
            ["relative"] = Number(tensor.Relative),
            ["noiseFloor"] = Number(tensor.NoiseFloor),
            ["worstIndex"] = new JsonArray([.. result.Saved.IndexOf(tensor.Name, tensor.WorstIndex).Select(index => JsonValue.Create(index))]),
        };
    }

    private static JsonObject Fault(NamedFault fault)
    {
        return new()
        {
            ["id"] = fault.Id,
            ["with"] = Texts(fault.With),
            ["oneOf"] = Texts(fault.OneOf),
            ["stage"] = fault.Stage == FaultStage.Forward ? "forward" : "backward",
            ["parameters"] = new JsonObject(fault.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value))),
            ["residual"] = Number(fault.Residual),
            ["tensors"] = Texts(fault.Tensors),
            ["wrong"] = fault.Wrong,
            ["right"] = fault.Right,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>A diagnosis as a program reads it.</summary>
public static class DiagnosisJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // A NaN is a finding here, and JSON has no number for it.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>One JSON object: verdict, tensors, faults, observations, blindTo, notChecked, firstWrongStep, references; arrays under the program's own names.</summary>
    public static string Render(DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var naming = result.Naming;
        return JsonSerializer.Serialize(
            new
            {
                Verdict = Name(result.Verdict),
                Tensors = result.Tensors.Select(tensor => new
                {
                    Name = naming.NameOf(tensor.Name),
                    tensor.Agrees,
                    tensor.MaxAbs,
                    tensor.Relative,
                    tensor.NoiseFloor,
                    WorstIndex = naming.IndexOf(tensor.Name, tensor.WorstIndex),
                    tensor.Expected,
                    tensor.Actual,
                }),
                Faults = result.Faults.Select(fault => new
                {
                    fault.Id,
                    fault.With,
                    fault.OneOf,
                    Stage = fault.Stage == FaultStage.Forward ? "forward" : "backward",
                    fault.Parameters,
                    fault.Residual,
                    fault.Tensors,
                    fault.Wrong,
                    fault.Right,
                }),
                result.Observations,
                result.BlindTo,
                NotChecked = result.NotChecked.Select(naming.NameOf),
                FirstWrongStep = result.FirstWrongStep is { } step
                    ? new { Stage = step.Stage == FaultStage.Forward ? "forward" : "backward", Tensor = naming.NameOf(step.Tensor), step.Step }
                    : null,
                References = result.Reference.Lines,
            },
            Options);
    }

    private static string Name(Verdict verdict)
    {
        return verdict switch
        {
            Verdict.Agrees => "agrees",
            Verdict.Disagrees => "disagrees",
            _ => "references-disagree",
        };
    }
}

using System.Globalization;
using RnnCompare.Bptt;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Experiments.Results;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Migration;

/// <summary>The README of a migrated project.</summary>
internal static class ProjectReadme
{
    /// <summary>Its text.</summary>
    public static string Of(PreparedMigration migration)
    {
        var texts = new Dictionary<string, string>
        {
            ["name"] = migration.Options.Name,
            ["verdict"] = Verdict(migration),
            ["layer"] = MigratedCell.Of(migration.Prototype.Saved.Spec.Cell).Layer + (TrainedParts.Of(migration.Prototype.Saved).ReadOut ? ", and `nn.Linear`" : "; its states are the outputs"),
            ["steps"] = ParityRecord<double>.Steps.ToString(CultureInfo.InvariantCulture),
            ["mapping"] = migration.Prototype.Table.ToMarkdown(),
            ["training"] = Training(migration),
            ["proof"] = migration.Engines.ToMarkdown(),
            ["warnings"] = Warnings(migration),
        };
        return texts.Aggregate(ProjectFiles.Read("README.md"), (text, entry) => text.Replace($"{{{{{entry.Key}}}}}", entry.Value, StringComparison.Ordinal)).TrimEnd() + "\n";
    }

    private static string Verdict(PreparedMigration migration)
    {
        var first = DiagnosisText.Verdict("The prototype", migration.Check.Diagnosis);
        return migration.Check.Agrees
            ? $"{first} This model computes the same: outputs, loss, gradients and training steps."
            : $"**{first} This model was written anyway. Where the prototype is wrong, it and its tests hold the right values: it does not reproduce the prototype's mistake.**\n\n```text\n{string.Join('\n', DiagnosisText.Findings(migration.Check.Diagnosis))}\n```";
    }

    private static string Training(PreparedMigration migration)
    {
        var (spec, training) = (migration.Prototype.Saved.Spec, migration.Options.Training);
        var loss = $"{(spec.Loss == LossKind.CrossEntropy ? "Softmax cross-entropy" : "Squared error")} {(spec.Outputs == OutputMode.EveryStep ? "at every step" : "at the last step")}, {migration.Prototype.Saved.ReductionText}";
        var clipping = training.Clipping switch
        {
            Clipping.ByValue(var limit) => Invariant($"every gradient element clipped to ±{limit}"),
            Clipping.ByNorm(var limit) => Invariant($"the gradients' common norm clipped to {limit}"),
            _ => "no clipping",
        };
        var assumed = migration.Options.TrainingIsAssumed ? " A prototype's file does not say how it was trained: this is an assumption, which `--set` replaces (`--set optimizer=sgd --set learningRate=0.02 --set clipping=value --set clippingLimit=1`), as does an edit of `Training.cs`." : "";
        return Invariant($"{loss}. The optimizer {training.Optimizer.Name} with learning rate {training.Optimizer.LearningRate}, {clipping}.{assumed}");
    }

    private static string Warnings(PreparedMigration migration)
    {
        return ProjectFiles.IsUnsafeInference(migration.Prototype.Saved.Spec, migration.Prototype.Precision)
            ? $"\n## A fault of libtorch that concerns this model\n\nlibtorch 2.10 computes a float32 `nn.LSTM` without gradient tracking (`no_grad`, `inference_mode`) wrongly, off by up to 100 %, wherever the hidden size modulo 32 lies between 1 and 16; this model's is {migration.Prototype.Saved.Spec.HiddenSize}. `Model.Forward` therefore tracks gradients also where its caller does not, and one of the tests watches over it. Do not call `nn.LSTM` directly without gradients; `ONEDNN_MAX_CPU_ISA=AVX2` or float64 avoid the fault too.\n"
            : "";
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

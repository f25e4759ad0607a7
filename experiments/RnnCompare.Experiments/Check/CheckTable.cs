using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Check;

/// <summary>The table of a check.</summary>
public static class CheckTable
{
    /// <summary>Every array given: how far off, what rounding allows, and its worst element.</summary>
    public static ReportTable Of(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var spec = result.Saved.Spec;
        return new(
            $"Arrays of a prototype in the convention {result.Saved.Convention}; {(spec.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared error")}, {(spec.Outputs == OutputMode.EveryStep ? "every step" : "last step")}, {(spec.Reduction == Reduction.Mean ? "mean" : "sum")}",
            DiagnosisTable.Columns,
            [.. DiagnosisTable.Rows(result.Diagnosis)],
            [.. DiagnosisTable.Notes(result.Diagnosis)]);
    }
}

using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>The table of a check.</summary>
public static class CheckTable
{
    /// <summary>Every array given: how far off, what rounding allows, and its worst element.</summary>
    public static ReportTable Of(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(
            result.Saved.Reading is not null ? "Arrays of a prototype" : $"Arrays of a prototype in the convention {result.Saved.Convention}; {Goal(result.Saved)}",
            DiagnosisTable.Columns,
            [.. DiagnosisTable.Rows(result.Diagnosis)],
            [.. DiagnosisTable.Notes(result.Diagnosis)]);
    }

    private static string Goal(SavedPrototype saved)
    {
        return saved.Upstream is not null ? $"{saved.NameOf("dh")} handed in"
            : $"{(saved.Spec.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared error")} at {(saved.Spec.Outputs == OutputMode.EveryStep ? "every" : "the last")} step, {saved.ReductionText}";
    }
}

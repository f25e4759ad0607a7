using System.Globalization;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The table of a diagnosis: a row for every array given, in the program's own names.</summary>
public static class DiagnosisTable
{
    /// <summary>The columns' titles.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["array", "max abs", "relative", "noise floor", "worst element", "yours", "right", "verdict"];

    /// <summary>The rows, a cell for each column.</summary>
    public static IEnumerable<string[]> Rows(DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Tensors.Select(tensor => new[]
        {
            result.Naming.NameOf(tensor.Name),
            Distance(tensor.MaxAbs),
            Distance(tensor.Relative),
            Distance(tensor.NoiseFloor),
            Element(result, tensor),
            Value(tensor.Actual),
            Value(tensor.Expected),
            tensor.Agrees ? "agrees" : "differs",
        });
    }

    /// <summary>What the columns mean, and what the right values rest on.</summary>
    public static IEnumerable<string> Notes(DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        yield return $"relative: ‖yours − right‖/‖right‖. noise floor: what rounding in the arrays' own precision costs on this batch, measured; up to {result.Tensors[0].Limit}× of it, in every gate and at every step, counts as agreement.";
        yield return $"References that {(result.Reference.Agrees ? "agree" : "disagree")}: {string.Join("; ", result.Reference.Lines)}.";
    }

    /// <summary>The worst element's name: <c>dWhh[1,6]</c>.</summary>
    internal static string Element(DiagnosisResult result, TensorComparison tensor)
    {
        return result.Naming.ElementOf(tensor.Name, tensor.WorstIndex);
    }

    /// <summary>An element: seven digits.</summary>
    internal static string Value(double value) => value.ToString("0.000000e+00", CultureInfo.InvariantCulture);

    private static string Distance(double value) => value == 0 ? "0" : value.ToString("0.0e-00", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>A diagnosis as a person reads it: the verdict in one line, then what it rests on.</summary>
public static class DiagnosisText
{
    /// <summary>The verdict in one line.</summary>
    public static string VerdictLine(DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Verdict == Verdict.ReferencesDisagree)
        {
            return $"undecided: the references disagree among themselves ({result.Context})";
        }

        if (result.Verdict == Verdict.Agrees)
        {
            return $"agrees: {Counted(result.Tensors.Count, "array")} right to within rounding ({result.Context})";
        }

        var wrong = result.Tensors.Where(tensor => !tensor.Agrees).Select(tensor => result.Naming.NameOf(tensor.Name)).ToArray();
        var cause = result.Faults.Count == 0 ? "no known mistake reproduces this" : string.Join(", with ", result.Faults[0].With.Prepend(OneOf(result.Faults[0])));
        return $"disagrees: {cause}; wrong: {string.Join(", ", wrong)} ({result.Context})";
    }

    /// <summary>Everything that the diagnosis says.</summary>
    public static string Render(DiagnosisResult result)
    {
        var text = new StringBuilder().AppendLine(VerdictLine(result)).AppendLine();
        AppendTable(text, result);
        foreach (var fault in result.Faults)
        {
            AppendFault(text.AppendLine(), fault);
        }

        AppendLines(text, "What the difference looks like", result.Observations);
        if (result.FirstWrongStep is { } step)
        {
            var order = step.Stage == FaultStage.Forward ? "the forward pass goes wrong there" : "going back from the end";
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"First wrong step: {result.Naming.NameOf(step.Tensor)} at t = {step.Step} ({order}).");
        }

        AppendLines(text, "What these arrays cannot reveal", result.BlindTo.Select(Describe));
        AppendLines(text, "Not checked", result.NotChecked.Count == 0 ? [] : [string.Join(", ", result.NotChecked.Select(result.Naming.NameOf))]);
        AppendLines(text, "The references", result.Reference.Lines);
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, DiagnosisResult result)
    {
        string[][] rows = [["array", "max abs", "relative", "floor", "worst element", "right", "given", ""], .. result.Tensors.Select(tensor => Row(result, tensor))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column is 0 or 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    private static string[] Row(DiagnosisResult result, TensorComparison tensor)
    {
        var name = result.Naming.NameOf(tensor.Name);
        var index = string.Join(',', result.Naming.IndexOf(tensor.Name, tensor.WorstIndex));
        return
        [
            name,
            Number(tensor.MaxAbs, "0.0e-0"),
            Number(tensor.Relative, "0.0e-0"),
            Number(tensor.NoiseFloor, "0.0e-0"),
            index.Length == 0 ? name : $"{name}[{index}]",
            Number(tensor.Expected, "0.00000e-0"),
            Number(tensor.Actual, "0.00000e-0"),
            tensor.Agrees ? "ok" : "WRONG",
        ];
    }

    private static void AppendFault(StringBuilder text, NamedFault fault)
    {
        var parameters = fault.Parameters.Count == 0 ? "" : $" ({string.Join(", ", fault.Parameters.Select(parameter => $"{parameter.Key}: {parameter.Value}"))})";
        var stage = fault.Stage == FaultStage.Forward ? "forward" : "backward";
        text.AppendLine(CultureInfo.InvariantCulture, $"{OneOf(fault)}{parameters}, {stage}; replayed, it leaves {fault.Residual:0.0} noise floors");
        text.AppendLine(CultureInfo.InvariantCulture, $"  used:  {fault.Wrong}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  right: {fault.Right}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  shows in {string.Join(", ", fault.Tensors)}");
    }

    private static void AppendLines(StringBuilder text, string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{title}:");
            text.AppendJoin("", all.Select(line => $"  {line}{Environment.NewLine}"));
        }
    }

    private static string Describe(BlindSpot spot) => $"{spot.Id}{(spot.Variants.Count == 0 ? "" : $" in {Counted(spot.Variants.Count, "variant")}")}: {spot.Reason}";

    private static string OneOf(NamedFault fault) => fault.OneOf.Count == 0 ? fault.Id : $"one of {string.Join(", ", fault.OneOf.Prepend(fault.Id))}";

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Number(double value, string format) => value == 0 ? "0" : value.ToString(format, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>A diagnosis in words: the verdict first, then where it goes wrong, which known mistake does so, and what to write instead.</summary>
public static class DiagnosisText
{
    private const int LongestList = 8;
    private const int MostLines = 5;

    /// <summary>The verdict in one line.</summary>
    /// <param name="subject">What was checked, as the sentence's subject: <c>prototype.npz</c>, <c>The model</c>.</param>
    /// <param name="result">The diagnosis.</param>
    public static string Verdict(string subject, DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var finding = result.Verdict switch
        {
            Diagnosis.Verdict.ReferencesDisagree => "cannot be judged: the references disagree among themselves",
            Diagnosis.Verdict.Agrees => Agreement(result),
            _ => $"disagrees: {Wrong(result)}; {Cause(result)}",
        };
        return $"{subject} {finding} ({result.Context}).";
    }

    /// <summary>What the verdict rests on, and what follows from it: the place, the mistakes, the first wrong step, and what cannot be told.</summary>
    /// <param name="result">The diagnosis.</param>
    /// <param name="everything">Whether long lists are told to their ends.</param>
    public static IEnumerable<string> Findings(DiagnosisResult result, bool everything = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Verdict == Diagnosis.Verdict.Disagrees)
        {
            yield return Farthest(result);
        }

        if (result.FirstWrongStep is { } step)
        {
            var others = step.Stage == FaultStage.Forward ? "the steps before it are right" : "the steps after it, where backpropagation begins, are right";
            yield return $"First wrong step: {result.Naming.NameOf(step.Tensor)} at t = {step.Step}; {others}.";
        }

        foreach (var line in Mistakes(result.Faults).Concat(Listed("No known mistake reproduces these numbers. What the difference looks like:", result.Observations)))
        {
            yield return line;
        }

        foreach (var line in Listed("What these arrays cannot reveal:", [.. Shortest([.. Blind(result.BlindTo)], everything), .. NotAsked(result)]))
        {
            yield return line;
        }

        if (result.NotChecked.Count > 0)
        {
            yield return $"Not checked, because not given: {string.Join(", ", result.NotChecked.Select(result.Naming.NameOf).Distinct())}";
        }
    }

    /// <summary>Mistakes that cannot be revealed, a line for each reason.</summary>
    public static IEnumerable<string> Blind(IEnumerable<BlindSpot> spots)
    {
        return spots.GroupBy(Reason).Select(group => $"{string.Join(", ", group.Select(spot => spot.Id))}: {group.Key}");
    }

    /// <summary>Why a mistake cannot be revealed, and for which of its parameters where not for all.</summary>
    public static string Reason(BlindSpot spot)
    {
        ArgumentNullException.ThrowIfNull(spot);
        return spot.Variants.Count == 0 ? spot.Reason : $"{spot.Reason}; only for {Shortened([.. spot.Variants.Select(variant => Parameters(spot, variant))])}";
    }

    /// <summary>Everything, the table of arrays included, as one text.</summary>
    /// <param name="subject">What was checked, as the sentence's subject.</param>
    /// <param name="result">The diagnosis.</param>
    public static string Render(string subject, DiagnosisResult result)
    {
        var text = new StringBuilder().AppendLine(Verdict(subject, result)).AppendLine();
        string[][] rows = [[.. DiagnosisTable.Columns], .. DiagnosisTable.Rows(result)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        }

        foreach (var line in DiagnosisTable.Notes(result).Append("").Concat(Findings(result, everything: true)))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static string Agreement(DiagnosisResult result)
    {
        var checkedGradients = result.Tensors.Count(tensor => TensorKind.IsWeightGradient(result.Spec, tensor.Name));
        var missing = result.NotChecked.Count(name => TensorKind.IsWeightGradient(result.Spec, name));
        var arrays = $"{Arrays(result.Tensors.Count)} right to within rounding";
        return checkedGradients == 0 ? $"agrees as far as it goes: {arrays}, but no gradient of a weight was there to check"
            : missing > 0 ? $"agrees: {arrays}; {checkedGradients} of {checkedGradients + missing} gradients of weights were there to check"
            : $"agrees: {arrays}, the gradients of all weights among them";
    }

    private static string Wrong(DiagnosisResult result)
    {
        string[] wrong = [.. result.Tensors.Where(tensor => !tensor.Agrees).Select(tensor => result.Naming.NameOf(tensor.Name))];
        var forward = result.Tensors.Any(tensor => !tensor.Agrees && Evidence.IsForward(tensor.Name)) ? ", the forward pass already" : "";
        return $"{wrong.Length} of {Arrays(result.Tensors.Count)} wrong ({string.Join(", ", wrong)}){forward}";
    }

    private static string Cause(DiagnosisResult result)
    {
        if (result.Faults is not [var best, ..])
        {
            return "no known mistake reproduces the numbers";
        }

        if (best.Id == NamedFault.Edit)
        {
            return best.With.Count == 0 ? $"one slip reproduces the numbers: {best.Title}" : $"{result.Faults.Count} slips together reproduce the numbers: {string.Join("; ", result.Faults.Select(fault => fault.Title))}";
        }

        return best.With.Count == 0
            ? $"the known mistake {OneOf(best)} reproduces the numbers"
            : $"the known mistakes {string.Join(" and ", best.With.Prepend(OneOf(best)))} together reproduce the numbers";
    }

    // Not a number is farther off than any number.
    private static string Farthest(DiagnosisResult result)
    {
        var worst = result.Tensors.Where(tensor => !tensor.Agrees).MaxBy(tensor => double.IsNaN(tensor.WorstPart.Residual) ? double.PositiveInfinity : tensor.WorstPart.Residual)!;
        var part = TensorSegments.Describe(result.Spec, worst.Name, worst.WorstPart) is { } name ? $" in {name}" : "";
        return $"Farthest off: {result.Naming.NameOf(worst.Name)}{part}, where {DiagnosisTable.Element(result, worst)} is {DiagnosisTable.Value(worst.Actual)}; right is {DiagnosisTable.Value(worst.Expected)}.";
    }

    // Mistakes made together follow each other; what comes after those of the first explanation is another.
    private static IEnumerable<string> Mistakes(IReadOnlyList<NamedFault> faults)
    {
        var first = faults.Count > 0 ? Company(faults[0]) : "";
        foreach (var fault in faults)
        {
            var with = fault.With.Count > 0 ? $", together with {string.Join(", ", fault.With.Select(id => id == NamedFault.Edit ? "another slip" : id))}" : "";
            var pass = fault.Stage == FaultStage.Forward ? "forward" : "backward";
            yield return $"{(Company(fault) == first ? "Mistake" : "Or instead, a mistake")} in the {pass} pass: {OneOf(fault)}{with}. To mend it, write what is right in place of yours:";
            yield return $"  yours: {fault.Wrong}";
            yield return $"  right: {fault.Right}";
            if (fault.Parameters.Count > 0 && fault.Id != NamedFault.Edit)
            {
                yield return $"  found: {string.Join("; ", fault.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))}";
            }

            yield return string.Create(CultureInfo.InvariantCulture, $"  It shows in {string.Join(", ", fault.Tensors)}. Replayed on your weights and batch, it meets all your numbers to {fault.Residual:0.0} noise floors.");
        }
    }

    private static string Company(NamedFault fault) => string.Join('+', fault.With.Append(fault.Id).Order(StringComparer.Ordinal));

    private static string OneOf(NamedFault fault) => fault.OneOf.Count == 0 ? fault.Title : $"{fault.Title} (or {string.Join(", or ", fault.OneOf)}, which these arrays cannot tell from it)";

    private static IEnumerable<string> Listed(string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return all.Length == 0 ? [] : all.Select(line => $"  {line}").Prepend(title);
    }

    private static string[] Shortest(string[] lines, bool everything)
    {
        return everything || lines.Length <= MostLines ? lines : [.. lines[..(MostLines - 1)], $"… and {lines.Length - MostLines + 1} more (--all)"];
    }

    private static string[] NotAsked(DiagnosisResult result) => result.NotAsked == 0 ? [] : [$"not asked of {result.NotAsked} more: the network is large (--thorough asks of all)"];

    private static string Arrays(int count) => count == 1 ? "1 array" : $"{count} arrays";

    private static string Parameters(BlindSpot spot, string variant) => variant == spot.Id ? "its plain form" : variant[spot.Id.Length..].Trim(' ', '(', ')');

    private static string Shortened(string[] texts) => texts.Length <= LongestList ? string.Join("; ", texts) : $"{string.Join("; ", texts[..LongestList])}; … ({texts.Length})";
}

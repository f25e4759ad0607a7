using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Experiments.Results;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Check;

/// <summary>The result of a check in words: a verdict, a table, and what follows from it.</summary>
public static class CheckText
{
    private const int LongestList = 8;

    /// <summary>The verdict in one line.</summary>
    public static string Verdict(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (spec, batch) = (result.Saved.Spec, result.Saved.Batch);
        var network = $"{spec.Cell}, T={batch.Steps} B={batch.BatchSize} I={spec.InputSize} H={spec.HiddenSize} O={spec.OutputSize}{(spec.Layers > 1 ? $" L={spec.Layers}" : "")}{(spec.Bidirectional ? ", both directions" : "")}";
        var wrong = result.Tensors.Count(tensor => !tensor.Agrees);
        return result.Agrees
            ? $"{result.Path} agrees: {Count(result.Tensors.Count)} right to what {Word(result.Precision)} allows ({network})."
            : $"{result.Path} disagrees: {wrong} of {Count(result.Tensors.Count)} wrong{(IsForwardWrong(result) ? ", the forward pass already" : "")}; {Cause(result)} ({network}).";
    }

    /// <summary>Every array given: how far off, what rounding allows, and its worst element.</summary>
    public static ReportTable Table(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (saved, spec) = (result.Saved, result.Saved.Spec);
        return new(
            $"Arrays of a prototype in the convention {saved.Convention}; {(spec.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared error")}, {(spec.Outputs == OutputMode.EveryStep ? "every step" : "last step")}, {(spec.Reduction == Reduction.Mean ? "mean" : "sum")}",
            ["array", "max abs", "relative", "noise floor", "worst element", "yours", "right", "verdict"],
            [.. result.Tensors.Select(tensor => Row(result, tensor))],
            [
                $"relative: ‖yours − right‖/‖right‖. noise floor: what rounding in the arrays' own precision costs on this batch, measured; up to {result.Tensors[0].Limit}× of it, in every gate and at every step, counts as agreement.",
                $"References that agree: {string.Join("; ", result.Diagnosis.Reference.Lines)}.",
            ]);
    }

    /// <summary>What follows: mistakes, the first wrong step, and what cannot be told.</summary>
    public static IEnumerable<string> Findings(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (var line in result.Faults.SelectMany(Describe).Concat(result.Diagnosis.Observations))
        {
            yield return line;
        }

        if (result.Diagnosis.FirstWrongStep is { } step)
        {
            yield return $"First wrong step: t = {step.Step}, in {result.Saved.NameOf(step.Tensor)} ({Word(step.Stage)}).";
        }

        if (result.Diagnosis.BlindTo.Count > 0)
        {
            yield return "What this file cannot tell:";
            foreach (var line in Blind(result.Diagnosis.BlindTo))
            {
                yield return $"  {line}";
            }
        }

        if (result.NotChecked.Count > 0)
        {
            yield return $"Not checked, because not given: {string.Join(", ", result.NotChecked)}";
        }

        if (result.Saved.Ignored.Count > 0)
        {
            yield return $"Ignored, because nothing here knows them: {string.Join(", ", result.Saved.Ignored)}";
        }
    }

    /// <summary>What cannot be told, a line for each reason.</summary>
    public static IEnumerable<string> Blind(IReadOnlyList<BlindSpot> spots)
    {
        return spots.GroupBy(Reason).Select(group => $"{string.Join(", ", group.Select(spot => spot.Id))}: {group.Key}");
    }

    /// <summary>Why a mistake cannot be told, and for which of its parameters where not for all.</summary>
    internal static string Reason(BlindSpot spot)
    {
        return spot.Variants.Count == 0 ? spot.Reason : $"{spot.Reason}; only for {Shortened(spot.Variants.Select(variant => Parameters(spot, variant)))}";
    }

    /// <summary>A name of an enumeration as it stands in texts.</summary>
    internal static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        return value.ToString().ToLowerInvariant();
    }

    private static bool IsForwardWrong(CheckResult result) => result.Tensors.Any(tensor => !tensor.Agrees && tensor.Name is "loss" or "y" or "p" or "h");

    private static string Cause(CheckResult result)
    {
        return result.Faults is [var best, ..] ? $"what was done instead is {string.Join(" with ", best.With.Prepend(best.Id))}" : "no known mistake reproduces it";
    }

    private static string[] Row(CheckResult result, TensorComparison tensor)
    {
        var index = result.Saved.IndexOf(tensor.Name, tensor.WorstIndex);
        var name = result.Saved.NameOf(tensor.Name);
        return
        [
            name,
            Figures.Distance(tensor.MaxAbs),
            Figures.Distance(tensor.Relative),
            Figures.Distance(tensor.NoiseFloor),
            index.Count == 0 ? name : $"{name}[{string.Join(',', index)}]",
            Element(tensor.Actual),
            Element(tensor.Expected),
            tensor.Agrees ? "agrees" : "differs",
        ];
    }

    private static IEnumerable<string> Describe(NamedFault fault)
    {
        var others = fault.OneOf.Count > 0 ? $", or one of {string.Join(", ", fault.OneOf)}, which this file cannot tell from it" : "";
        var with = fault.With.Count > 0 ? $", with {string.Join(", ", fault.With)}" : "";
        yield return $"Mistake ({Word(fault.Stage)}): {fault.Id}{with}{others}";
        yield return $"  yours: {fault.Wrong}";
        yield return $"  right: {fault.Right}";
        if (fault.Parameters.Count > 0)
        {
            yield return $"  found: {string.Join("; ", fault.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))}";
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"  it explains {string.Join(", ", fault.Tensors)}; replayed, it leaves {fault.Residual:0.0} noise floors at most");
    }

    private static string Element(double value) => value.ToString("0.000000e+00", CultureInfo.InvariantCulture);

    private static string Parameters(BlindSpot spot, string variant)
    {
        return variant == spot.Id ? "its plain form" : variant[spot.Id.Length..].Trim(' ', '(', ')');
    }

    private static string Count(int arrays) => arrays == 1 ? "1 array" : $"{arrays} arrays";

    private static string Shortened(IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        return all.Length <= LongestList ? string.Join("; ", all) : $"{string.Join("; ", all[..LongestList])}; … ({all.Length})";
    }
}

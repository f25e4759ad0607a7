using System.Globalization;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Many settings of one measurement side by side: which let gradients vanish, and which explode.</summary>
internal static class FlowCases
{
    /// <summary>Of more settings than these, single charts are left out: what they have in common is the question.</summary>
    public const int MostInFull = 4;

    /// <summary>How many vanish and explode, and the most extreme of each.</summary>
    public static IEnumerable<string> Answers(IReadOnlyList<RecordedFlow> flows)
    {
        var groups = flows.Select(flow => (Flow: flow, First: First(flow))).GroupBy(pair => Verdict(pair.First)).ToDictionary(group => group.Key, group => group.ToArray());
        var (vanish, explode) = (groups.GetValueOrDefault("vanish", []), groups.GetValueOrDefault("explode", []));
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Of {flows.Count} settings gradients vanish in {vanish.Length} and explode in {explode.Length}; of the other {flows.Count - vanish.Length - explode.Length} the steps do not tell. Judged by the largest Lyapunov exponent λ₁ and its 95 % interval.");
        if (vanish.Length > 0)
        {
            var fastest = vanish.MinBy(pair => pair.First!.Values[0]);
            yield return $"They vanish fastest with {fastest.Flow.Name}: λ₁ = {Figures.Value(fastest.First!.Values[0])} a step.";
        }

        if (explode.Length > 0)
        {
            var fastest = explode.MaxBy(pair => pair.First!.Values[0]);
            yield return $"They explode fastest with {fastest.Flow.Name}: λ₁ = {Figures.Value(fastest.First!.Values[0])} a step.";
        }
    }

    /// <summary>A row for each setting.</summary>
    public static ReportTable Table(IReadOnlyList<RecordedFlow> flows)
    {
        return new(
            "Setting by setting",
            ["setting", "λ₁", "95 % interval", "‖dL/dh‖ last", "first", "first / last", "verdict"],
            [.. flows.Select(flow =>
            {
                var (first, back) = (First(flow), flow.Back.Count > 0 ? flow.Back[0].Values : [double.NaN]);
                return (IReadOnlyList<string>)[
                    flow.Name, Figures.Value(first?.Values[0] ?? double.NaN), first is { Lower.Count: > 0 } ? $"{Figures.Value(first.Lower[0])} to {Figures.Value(first.Upper[0])}" : "–",
                    Figures.Value(back[0]), Figures.Value(back[^1]), Figures.Value(back[^1] / back[0]), Verdict(first)];
            })],
            ["λ₁: the largest Lyapunov exponent of the top layer along the batch's first sequence, per step. ‖dL/dh‖ of the last step's loss, at the last step and at the first."]);
    }

    // The top layer, forwards, as everywhere.
    private static RecordedExponents? First(RecordedFlow flow) => flow.Exponents.LastOrDefault(exponents => !exponents.Name.Contains("reverse", StringComparison.Ordinal) && exponents.Values.Count > 0);

    private static string Verdict(RecordedExponents? exponents)
    {
        return exponents is not { Lower.Count: > 0, Upper.Count: > 0 } ? "open" : exponents.Upper[0] < 0 ? "vanish" : exponents.Lower[0] > 0 ? "explode" : "open";
    }
}

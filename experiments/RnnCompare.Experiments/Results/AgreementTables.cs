using RnnCompare.Experiments.Running;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of engines compared array by array.</summary>
internal static class AgreementTables
{
    /// <summary>Every gradient before training.</summary>
    public static ReportTable Gradients(GroupResult group, string suffix)
    {
        return Table($"Gradients before training{suffix}", "gradient", group.Gradients, "rounding", []);
    }

    /// <summary>Every weight after training.</summary>
    public static ReportTable Weights(GroupResult group, RunEnd end, string suffix)
    {
        var drift = group.Weights[0].Comparison.Tensors.Max(tensor => tensor.NoiseFloor);
        string[] notes =
        [
            $"twin: {group.Weights[0].Expected} once more, with every first weight moved to the next number up or down. It drifted by up to {Figures.Distance(drift)}"
                + (drift > 1e-2 ? ": rounding alone makes two runs part, so weights can only be equal to that extent." : "."),
        ];
        return Table($"Weights after {end.Steps} steps{suffix}", "weight", group.Weights, "twin", notes);
    }

    private static ReportTable Table(string title, string what, IReadOnlyList<Agreement> agreements, string floor, IReadOnlyList<string> notes)
    {
        var byPrecision = agreements.GroupBy(agreement => agreement.Precision).ToArray();
        string[] headers = [what, .. byPrecision.SelectMany(group => group.Select(agreement => $"{agreement.Actual} {group.Key}").Append($"{floor} {group.Key}"))];
        var names = agreements.SelectMany(agreement => agreement.Comparison.Tensors).Select(tensor => tensor.Name).Distinct();
        var rows = names.Select(name => (IReadOnlyList<string>)[name, .. byPrecision.SelectMany(group => Row(group, name))]).ToList();
        rows.Add(["verdict", .. byPrecision.SelectMany(group => group.Select(Verdict).Append($"{agreements[0].Comparison.Tensors[0].Limit}×"))]);
        return new(title, headers, rows, [
            $"Distances to {agreements[0].Expected}, norm-wise relative: ‖a − b‖/‖b‖. They are judged by {floor}, what rounding alone does here, per gate and step; up to the multiple in its last row counts as agreement.",
            .. notes,
            .. agreements.Where(agreement => !agreement.Comparison.Agrees).Select(agreement => agreement.Comparison.Describe(agreement.Expected, agreement.Actual, agreement.Precision)),
        ]);
    }

    private static IEnumerable<string> Row(IEnumerable<Agreement> agreements, string name)
    {
        var floor = "–";
        foreach (var agreement in agreements)
        {
            var tensor = agreement.Comparison.Tensors.FirstOrDefault(tensor => tensor.Name == name);
            floor = tensor is null ? floor : Figures.Distance(tensor.NoiseFloor);
            yield return tensor is null ? "–" : Figures.Distance(tensor.Relative);
        }

        yield return floor;
    }

    private static string Verdict(Agreement agreement) => agreement.Comparison.Agrees ? "agrees" : "differs";
}

using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of engines compared array by array.</summary>
internal static class AgreementTables
{
    /// <summary>Every gradient before training.</summary>
    public static ReportTable Gradients(GroupResult group, string suffix)
    {
        return Table($"Gradients before training{suffix}", "gradient", group.Gradients, "rounding", "what rounding alone does here, measured per gate and step");
    }

    /// <summary>How the weights parted while training went on.</summary>
    public static ReportTable Partings(GroupResult group, string suffix)
    {
        var names = group.Contenders.Select(contender => contender.Engine).ToArray();
        var last = group.Partings[^1];
        return new(
            $"How the runs part{suffix}",
            ["step", .. names.Skip(1), "twin", "verdict"],
            [.. group.Partings.Select(point => (IReadOnlyList<string>)
                [$"{point.Step}", .. point.Distances.Select(Figures.Distance), Figures.Distance(point.Twin), point.Agrees ? "agrees" : "differs"])],
            [
                $"Distances of all weights to those of {names[0]}: ‖a − b‖/‖b‖. twin is {names[0]} once more, begun with every weight moved to the next number up or down: "
                    + $"it shows what rounding grows to. Up to {PartingPoint.Limit} times its distance counts as agreement.",
                .. last.Twin > 1e-2 ? [$"Rounding alone has made the runs part: after {last.Step} steps weights can only be equal to {Figures.Distance(last.Twin)}, whatever the engine."] : Array.Empty<string>(),
                $"Smoothed loss of the twin: {Figures.Value(group.TwinLoss)}; of the engines: {string.Join(", ", group.Contenders.Select(contender => Figures.Value(contender.SmoothedLoss)))}.",
            ]);
    }

    /// <summary>Every weight after training.</summary>
    public static ReportTable Weights(GroupResult group, RunEnd end, string suffix)
    {
        return Table($"Weights after {end.Steps} steps{suffix}", "weight", group.Weights, "twin", "how far the twin has drifted");
    }

    private static ReportTable Table(string title, string what, IReadOnlyList<Agreement> agreements, string floor, string floorMeaning)
    {
        var byPrecision = agreements.GroupBy(agreement => agreement.Precision).ToArray();
        string[] headers = [what, .. byPrecision.SelectMany(group => group.Select(agreement => $"{agreement.Actual} {group.Key}").Append($"{floor} {group.Key}"))];
        var names = agreements.SelectMany(agreement => agreement.Comparison.Tensors).Select(tensor => tensor.Name).Distinct();
        var rows = names.Select(name => (IReadOnlyList<string>)[name, .. byPrecision.SelectMany(group => Row(group, name))]).ToList();
        rows.Add(["verdict", .. byPrecision.SelectMany(group => group.Select(Verdict).Append($"{agreements[0].Comparison.Tensors[0].Limit}×"))]);
        return new(title, headers, rows, [
            $"Distances to {agreements[0].Expected}, norm-wise relative: ‖a − b‖/‖b‖. {floor}: {floorMeaning}; up to the multiple in its last row counts as agreement.",
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

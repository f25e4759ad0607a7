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

    /// <summary>How the weights moved apart while training went on.</summary>
    public static ReportTable Separations(GroupResult group, string suffix)
    {
        var names = group.Contenders.Select(contender => contender.Engine).ToArray();
        var points = group.Separations;
        var decided = points.FirstOrDefault(point => point.Verdict == Verdict.None);
        return new(
            $"How trajectories move apart{suffix}",
            ["step", .. names.Skip(1), "perturbed", "verdict"],
            [.. points.Select(point => (IReadOnlyList<string>)
                [$"{point.Step}", .. point.Distances.Select(Figures.Distance), Figures.Distance(point.Perturbed), point.Verdict.Word()])],
            [
                $"Distances of all weights to those of {names[0]}: ‖a − b‖/‖b‖. perturbed: the farther of two copies of {names[0]}, begun with every weight moved to the next number up or down, "
                    + $"in one of them the hidden units in reverse order; it shows what rounding grows to. Up to {SeparationPoint.Limit} times its distance counts as agreement.",
                .. decided is null ? Array.Empty<string>() : [$"Rounding decides from step {decided.Step} on: no verdict on weights. Instead every engine made that very step from where {names[0]} stood, and its gradients and its update were right."],
                .. points.Where(point => point.Verdict == Verdict.Differs).Take(1).Select(point => $"Step {point.Step}, made from where {names[0]} stood, differs by itself: {point.Finding}."),
                $"Smoothed loss of the copies: {string.Join(", ", group.PerturbedLosses.Select(Figures.Value))}; of the engines: {string.Join(", ", group.Contenders.Select(contender => Figures.Value(contender.SmoothedLoss)))}.",
            ]);
    }

    /// <summary>Every weight after training.</summary>
    public static ReportTable Weights(GroupResult group, RunEnd end, string suffix)
    {
        return Table($"Weights after {end.Steps} steps{suffix}", "weight", group.Weights, "perturbed", "how far the perturbed copies of the table above have moved off", group.WeightsVerdict);
    }

    private static ReportTable Table(string title, string what, IReadOnlyList<Agreement> agreements, string floor, string floorMeaning, Verdict? whole = null)
    {
        string Word(Agreement agreement) => (whole == Verdict.None ? Verdict.None : agreement.Comparison.Agrees ? Verdict.Agrees : Verdict.Differs).Word();
        var byPrecision = agreements.GroupBy(agreement => agreement.Precision).ToArray();
        string[] headers = [what, .. byPrecision.SelectMany(group => group.Select(agreement => $"{agreement.Actual} {group.Key}").Append($"{floor} {group.Key}"))];
        var names = agreements.SelectMany(agreement => agreement.Comparison.Tensors).Select(tensor => tensor.Name).Distinct();
        var rows = names.Select(name => (IReadOnlyList<string>)[name, .. byPrecision.SelectMany(group => Row(group, name))]).ToList();
        rows.Add(["verdict", .. byPrecision.SelectMany(group => group.Select(Word).Append($"{agreements[0].Comparison.Tensors[0].Limit}×"))]);
        return new(title, headers, rows, [
            $"Distances to {agreements[0].Expected}, norm-wise relative: ‖a − b‖/‖b‖. {floor}: {floorMeaning}; up to the multiple in its last row counts as agreement.",
            .. whole == Verdict.None ? ["Rounding decides: no verdict on weights (the table above says why)."] : Array.Empty<string>(),
            .. agreements.Where(agreement => whole != Verdict.None && !agreement.Comparison.Agrees).Select(agreement => agreement.Comparison.Describe(agreement.Expected, agreement.Actual, agreement.Precision)),
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
}

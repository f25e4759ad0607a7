using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Whether the engines compute the same: every array as a dot beside its noise floor.</summary>
internal static class AgreementSection
{
    private const string AboutGradients =
        "A dot is the distance of one array to the reference's, ‖a − b‖/‖b‖. The bar beside it begins at the noise floor, what rounding alone does to that array on this batch, measured; "
        + "it ends where agreement ends. A dot to the right of its bar would be a difference that rounding does not explain.";

    private const string AboutWeights =
        "After training the floor is how far the perturbed run has drifted: the reference trained once more from weights that differ by one rounding.";

    public static ReportSection? Of(RecordedRun run)
    {
        if (run.Summary is not { } summary || summary.Gradients.Count + summary.Weights.Count == 0)
        {
            return null;
        }

        var colours = EngineColours.Of(run);
        var batch = $"the first training batch (T = {run.ConfigValue("sequenceLength")}, B = {run.ConfigValue("batchSize")})";
        return new()
        {
            Id = "agreement",
            Title = "Agreement",
            Answers =
            [
                .. Answer(summary.Gradients, "gradient", $"Measured before training on {batch}."),
                .. Undecided(summary),
                .. Answer([.. summary.Weights.Where(agreement => !IsUndecided(summary, agreement.Cell))], "weight array", $"Measured after {Words.Count(summary.Steps, "training step")}."),
            ],
            Explanations = [.. summary.Gradients.Count > 0 ? [AboutGradients] : Array.Empty<string>(), .. summary.Weights.Count > 0 ? [AboutWeights] : Array.Empty<string>()],
            Charts =
            [
                .. Charts(summary.Gradients, "gradients", "Gradients before training", colours),
                .. Charts(summary.Weights, "weights", "Weights after training", colours),
            ],
        };
    }

    private static bool IsUndecided(RecordedSummary summary, string cell) => summary.Separations.Any(separation => separation.Cell == cell && separation.IsDecidedByRounding);

    private static IEnumerable<string> Undecided(RecordedSummary summary)
    {
        var cells = summary.Weights.Select(agreement => agreement.Cell).Distinct().ToArray();
        return cells.Where(cell => IsUndecided(summary, cell)).Select(cell =>
            $"{(cells.Length > 1 ? $"{cell}: weights" : "Weights")} after {Words.Count(summary.Steps, "training step")} show nothing: rounding alone has torn perturbed copies of the first engine as far apart as engines are. No verdict on them; every single step that was looked at was made right.");
    }

    private static IEnumerable<string> Answer(IReadOnlyList<RecordedAgreement> agreements, string thing, string measured)
    {
        if (agreements.Count == 0)
        {
            yield break;
        }

        var all = agreements.SelectMany(agreement => agreement.Tensors.Select(tensor => (Agreement: agreement, Tensor: tensor))).ToArray();
        var (farthest, worst) = all.MaxBy(pair => Multiple(pair.Tensor));
        var limit = farthest.Limit;
        var engines = Words.List(agreements.Select(agreement => agreement.Actual).Distinct());
        var precisions = Words.List(agreements.Select(agreement => agreement.Precision).Distinct());
        var differing = agreements.Where(agreement => !agreement.Agrees).ToArray();
        var verdict = differing.Length == 0
            ? $"Every {thing} agrees: {engines} with {farthest.Expected} in {precisions}, {Words.Count(all.Length, "comparison")}."
            : $"Not every {thing} agrees: {Words.List(differing.Select(agreement => $"{agreement.Actual} {(agreement.Cell.Length > 0 ? agreement.Cell + " " : "")}in {agreement.Precision}"))} differ from {farthest.Expected}.";
        yield return verdict + string.Create(
            CultureInfo.InvariantCulture,
            $" The farthest from its floor is {worst.Name} of {farthest.Actual} in {farthest.Precision}: {Figures.Distance(worst.Relative)} beside {Figures.Distance(worst.Floor)}, {Multiple(worst):0.0} times the floor")
            + (double.IsNaN(limit) ? ". " : string.Create(CultureInfo.InvariantCulture, $"; up to {limit:0.#} times counts as agreement. "))
            + measured;
    }

    private static double Multiple((string Name, double Relative, double Floor) tensor)
    {
        return tensor.Relative == 0 ? 0 : double.IsNaN(tensor.Relative) ? double.PositiveInfinity : tensor.Relative / tensor.Floor;
    }

    private static IEnumerable<Chart> Charts(IReadOnlyList<RecordedAgreement> agreements, string id, string title, EngineColours colours)
    {
        var cells = agreements.GroupBy(agreement => agreement.Cell).ToArray();
        return cells.Select(cell =>
        {
            var rows = cell.SelectMany(agreement => agreement.Tensors.Select(tensor => tensor.Name)).Distinct().ToList();
            return new DotsChart
            {
                Id = cells.Length > 1 ? $"{id}-{cell.Key}" : id,
                Title = cells.Length > 1 ? $"{title}, {cell.Key}" : title,
                XLabel = $"relative distance to {cell.First().Expected}",
                YLabel = "array",
                Rows = rows,
                Limit = cell.First().Limit,
                Dots = [.. cell.SelectMany(agreement => agreement.Tensors.Select(tensor =>
                    new Dot(rows.IndexOf(tensor.Name), agreement.Actual, agreement.Precision, colours[agreement.Actual], tensor.Relative, tensor.Floor)))],
            };
        });
    }
}

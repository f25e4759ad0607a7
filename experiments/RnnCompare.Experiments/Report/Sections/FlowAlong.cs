using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Gradients while training went on: with clipping and without.</summary>
internal static class FlowAlong
{
    /// <summary>What a reader needs to know of the charts.</summary>
    public const string About =
        "Along the training two copies with the same first weights and the same batches are looked at before their updates: one with clipping, one without. ‖g‖ is the norm of all gradients together.";

    /// <summary>A sentence for each training.</summary>
    public static IEnumerable<string> Answers(IReadOnlyList<RecordedMoment> moments)
    {
        foreach (var training in moments.GroupBy(moment => moment.Case))
        {
            var all = training.ToArray();
            var largest = all.Where(moment => double.IsFinite(moment.Norm)).MaxBy(moment => moment.Norm);
            if (largest is null)
            {
                yield return $"Along the training, {training.Key}: no gradient was finite.";
                continue;
            }

            var clipped = all.Count(moment => moment.Clipped < moment.Norm);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Along the training, {training.Key}: ‖g‖ was {Figures.Value(largest.Norm)} at most, before update {largest.Step + 1:#,0}{(clipped > 0 ? $"; {clipped} of {Words.Count(all.Length, "look")} found gradients that were clipped" : "")}. ")
                + $"The gradient at a sequence's first step was {Ratio(all[0])} that at its last before training and {Ratio(all[^1])} after {Words.Count(all[^1].Step, "step")}, where the loss was {Figures.Value(all[^1].Loss)}.";
        }
    }

    /// <summary>‖g‖ of all trainings in one picture, and for each how large dL/dh_t was.</summary>
    public static IEnumerable<Chart> Charts(IReadOnlyList<RecordedMoment> moments)
    {
        var trainings = moments.Where(moment => moment.Norms.Count > 0).GroupBy(moment => moment.Case).ToArray();
        if (trainings.Length == 0)
        {
            yield break;
        }

        yield return new LinesChart
        {
            Id = "along-norm",
            Title = "Norm of all gradients along training, before clipping",
            XLabel = "training step",
            YLabel = "‖g‖",
            Log = true,
            Series = [.. trainings.Select((training, i) => new Series { Name = training.Key, Colour = i, X = [.. training.Select(moment => (double)moment.Step)], Y = [.. training.Select(moment => moment.Norm)] })],
        };
        foreach (var (training, i) in moments.Where(moment => moment.Norms.Count > 0).GroupBy(moment => (moment.Case, moment.Norms.Count)).Select((training, i) => (training, i)))
        {
            yield return new MapChart
            {
                Id = i == 0 ? "along" : string.Create(CultureInfo.InvariantCulture, $"along-{i + 1}"),
                Title = training.Key.Case.Length == 0 ? "Gradient flow along training" : $"Gradient flow along training, {training.Key.Case}",
                XLabel = "step t of the state",
                YLabel = "training step",
                ValueLabel = "‖dL/dh_t‖",
                Columns = [.. Enumerable.Range(0, training.Key.Count).Select(t => (double)t)],
                Rows = [.. training.Select(moment => (double)moment.Step)],
                Values = [.. training.Select(moment => moment.Norms)],
            };
        }
    }

    private static string Ratio(RecordedMoment moment)
    {
        var ratio = moment.Norms.Count == 0 || moment.Norms[^1] == 0 ? double.NaN : moment.Norms[0] / moment.Norms[^1];
        return ratio switch
        {
            double.NaN => "an unknown part of",
            >= 0.01 and < 100 => Figures.Ratio(ratio),
            _ => Figures.Distance(ratio) + "×",
        };
    }
}

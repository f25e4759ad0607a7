using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>How far the engines' weights lie apart while training goes on, beside what rounding alone does.</summary>
internal static class SeparationSection
{
    // Beyond it, trajectories tell engines apart no longer.
    private const double SeparatedByRounding = 1e-2;

    private const string AboutPerturbed =
        "The perturbed run is the reference engine once more, on the same batches, but begun with every weight moved to the next floating-point number up or down. "
        + "It is as near to the reference as two runs can be without being equal, so its distance shows what one rounding grows to: training amplifies small differences, often exponentially, whoever makes them. "
        + "An engine that lies about as far as the perturbed run differs from the reference by rounding alone; one that lies much farther computes something else.";

    public static ReportSection? Of(RecordedRun run)
    {
        if (run.Summary is not { Separations.Count: > 0 } summary)
        {
            return null;
        }

        var colours = EngineColours.Of(run);
        return new()
        {
            Id = "separations",
            Title = "How the runs part",
            Answers = [.. summary.Separations.Select(separation => Answer(separation, summary.Separations.Count > 1))],
            Explanations = [AboutPerturbed],
            Charts = [.. summary.Separations.Select(separation => new LinesChart
            {
                Id = summary.Separations.Count > 1 ? $"separations-{separation.Cell}" : "separations",
                Title = $"Distance of all weights to those of {separation.Reference}",
                XLabel = "training step",
                YLabel = "‖w − w₁‖/‖w₁‖",
                Log = true,
                LogX = true,
                Series =
                [
                    .. separation.Distances.Select(distance => new Series { Name = distance.Engine, Colour = colours[distance.Engine], Role = SeriesRole.Marked, X = separation.Steps, Y = distance.Values }),
                    new Series { Name = "perturbed run", Colour = 0, Role = SeriesRole.Reference, X = separation.Steps, Y = separation.Perturbed },
                ],
            })],
        };
    }

    private static string Answer(RecordedSeparation separation, bool namesCell)
    {
        var last = separation.Steps.Count - 1;
        var perturbed = separation.Perturbed[last];
        var distances = separation.Distances.Select(distance => string.Create(
            CultureInfo.InvariantCulture, $"{distance.Engine} lies {Figures.Distance(distance.Values[last])} from {separation.Reference} ({Multiple(distance.Values[last], perturbed):0.0#} times as far)"));
        var farthest = separation.Distances.Max(distance => distance.Values.Zip(separation.Perturbed).Max(pair => Multiple(pair.First, pair.Second)));
        return (namesCell ? $"{separation.Cell}: " : "")
            + $"After {Words.Count((int)separation.Steps[last], "step")} the perturbed run lies {Figures.Distance(perturbed)} from {separation.Reference}; {Words.List(distances)}. "
            + (farthest <= SeparationPoint.Limit
                ? $"At no step was an engine more than {Figures.Value(farthest)} times as far as the perturbed run; up to {SeparationPoint.Limit} times counts as rounding."
                : separation.IsMadeRight
                ? $"At some step an engine was {Figures.Value(farthest)} times as far as the perturbed run; that step by itself was made right by every engine, so that rounding decides from there on."
                : $"At some step an engine was {Figures.Value(farthest)} times as far as the perturbed run; more than {SeparationPoint.Limit} times is more than rounding.")
            + (perturbed > SeparatedByRounding ? " Rounding alone has moved the runs apart: their weights can be no closer, whatever the engine." : "");
    }

    private static double Multiple(double distance, double perturbed) => distance == 0 ? 0 : distance / perturbed;
}

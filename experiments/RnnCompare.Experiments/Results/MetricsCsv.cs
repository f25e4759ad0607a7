using System.Globalization;
using System.Text;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>The losses on the way, a row for each noted step of each engine: <c>metrics.csv</c>. A run appends to it while it goes on.</summary>
public static class MetricsCsv
{
    /// <summary>The first line.</summary>
    public const string Headers =
        "step,engine,loss,smoothedLoss,trainingLoss,trainingScore,validationLoss,validationScore,testLoss,testScore,learningRate,gradientNorm,clippedShare,seconds\n";

    private static readonly DataPart[] Parts = Enum.GetValues<DataPart>();

    /// <summary>One row; a part that was not evaluated at the step is left empty.</summary>
    public static string Row(NotedPoint noted)
    {
        var (engine, point) = noted;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{point.Step},{engine},{point.Loss:R},{point.SmoothedLoss:R}"));
        foreach (var part in Parts)
        {
            text.Append(point.Scores.TryGetValue(part, out var score) ? string.Create(CultureInfo.InvariantCulture, $",{score.Loss:R},{score.Score:R}") : ",,");
        }

        return text.Append(CultureInfo.InvariantCulture, $",{point.LearningRate:R},{point.GradientNorm:R},{point.ClippedShare:R},{point.Seconds:0.######}\n").ToString();
    }
}

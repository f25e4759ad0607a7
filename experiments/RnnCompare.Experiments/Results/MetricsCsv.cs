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

    /// <summary>The whole file of a run that has ended.</summary>
    public static string Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var noted = result.Contenders.SelectMany(contender => contender.Curve.Select(point => new NotedPoint(contender.Name, point)));
        return Headers + string.Concat(noted.OrderBy(point => point.Point.Step).Select(Row));
    }

    /// <summary>The same of runs from several seeds, with a column <c>seed</c>.</summary>
    public static string Write(IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            var lines = Write(run).TrimEnd('\n').Split('\n');
            if (text.Length == 0)
            {
                text.Append(lines[0]).Append(",seed\n");
            }

            foreach (var line in lines.Skip(1))
            {
                text.Append(CultureInfo.InvariantCulture, $"{line},{run.Config.Seed}\n");
            }
        }

        return text.ToString();
    }
}

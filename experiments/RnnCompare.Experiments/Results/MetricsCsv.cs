using System.Globalization;
using System.Text;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>The losses on the way, a row for each noted step of each engine: <c>metrics.csv</c>.</summary>
public static class MetricsCsv
{
    private static readonly DataPart[] Parts = Enum.GetValues<DataPart>();

    /// <summary>The text of the file; a part that was not evaluated at a step is left empty.</summary>
    public static string Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder("step,engine,loss,smoothedLoss,trainingLoss,trainingScore,validationLoss,validationScore,testLoss,testScore\n");
        foreach (var contender in result.Contenders)
        {
            foreach (var point in contender.Curve)
            {
                text.Append(CultureInfo.InvariantCulture, $"{point.Step},{contender.Name},{point.Loss:R},{point.SmoothedLoss:R}");
                foreach (var part in Parts)
                {
                    text.Append(point.Scores.TryGetValue(part, out var score) ? string.Create(CultureInfo.InvariantCulture, $",{score.Loss:R},{score.Score:R}") : ",,");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
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

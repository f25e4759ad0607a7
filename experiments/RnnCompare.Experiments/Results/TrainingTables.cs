using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of what training did and how fast.</summary>
internal static class TrainingTables
{
    /// <summary>The smoothed losses and the watched scores on the way.</summary>
    public static ReportTable Curves(RunResult result, GroupResult group, string suffix)
    {
        var contenders = group.Contenders;
        var evaluated = contenders[0].Curve.Where(point => point.Scores.Count > 0).ToArray();
        var points = evaluated.Length > 0 ? evaluated : contenders[0].Curve.TakeLast(1).ToArray();
        DataPart[] parts = [.. points[^1].Scores.Keys];
        var withLoss = contenders.Count == 1;
        string[] headers =
        [
            "step",
            .. contenders.Select(contender => $"{contender.Engine} loss"),
            .. parts.SelectMany(part => contenders.SelectMany(contender => Headers(part, contender))),
        ];
        return new(
            $"Loss curves{suffix}",
            headers,
            [.. points.Select(point => Row(point.Step))],
            [$"loss: the running mean 0.999·old + 0.001·new of the training loss ({result.Config.Reduction} over a batch). The other columns are {result.Metric.Name} of the named part."]);

        IEnumerable<string> Headers(DataPart part, ContenderResult contender)
        {
            var name = part.ToString().ToLowerInvariant();
            return withLoss ? [$"{name} loss", $"{name} {result.Metric.Name}"] : [$"{contender.Engine} {name}"];
        }

        IReadOnlyList<string> Row(int step)
        {
            var here = contenders.Select(contender => contender.Curve.Single(point => point.Step == step)).ToArray();
            return
            [
                $"{step}",
                .. here.Select(point => Figures.Value(point.SmoothedLoss)),
                .. parts.SelectMany(part => here.SelectMany(point => Scores(point.Scores[part]))),
            ];
        }

        IEnumerable<string> Scores(PartScore score) => withLoss ? [Figures.Value(score.Loss), Figures.Value(score.Score)] : [Figures.Value(score.Score)];
    }

    /// <summary>How fast the engines made their steps.</summary>
    public static ReportTable Speed(RunResult result)
    {
        var rows = result.Groups.SelectMany(group => group.Contenders.Select(contender => Row(contender, group.Contenders[0])));
        var torch = result.Environment.Torch;
        return new(
            "Steps per second",
            ["engine", "median", "lower quartile", "upper quartile", $"time against {result.Groups[0].Contenders[0].Engine}"],
            [.. rows],
            [
                $"Engines take turns step by step. {result.Config.Precision}, {result.Config.Threads} {(result.Config.Threads == 1 ? "thread" : "threads")}, {result.Environment.Processor}"
                    + (torch is null ? "." : $"; TorchSharp {torch.TorchSharpVersion}, libtorch {torch.LibTorchVersion}."),
            ]);

        static IReadOnlyList<string> Row(ContenderResult contender, ContenderResult first)
        {
            var rate = contender.StepsPerSecond;
            return [contender.Name, Figures.Value(rate.Median), Figures.Value(rate.Lower), Figures.Value(rate.Upper), Figures.Ratio(first.StepsPerSecond.Median / rate.Median)];
        }
    }

    /// <summary>How well the task is done at the end, beside the baseline.</summary>
    public static ReportTable Scores(RunResult result)
    {
        var contenders = result.Contenders.ToArray();
        DataPart[] parts = [.. contenders[0].Scores.Keys.Order()];
        var rows = contenders.Select(contender => (IReadOnlyList<string>)[contender.Name, .. parts.Select(part => Figures.Value(contender.Scores[part].Score))]).ToList();
        rows.Add([result.Baseline.Name, .. parts.Select(part => part == DataPart.Test ? Figures.Value(result.Baseline.Score) : "")]);
        return new($"The task: {result.Metric.Name}", ["", .. parts.Select(part => part.ToString().ToLowerInvariant())], rows, []);
    }
}

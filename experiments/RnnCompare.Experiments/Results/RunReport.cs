using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results;

/// <summary>A run's tables, in the order in which they are read.</summary>
public static class RunReport
{
    /// <summary>All tables of a run.</summary>
    public static IReadOnlyList<ReportTable> Tables(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var tables = new List<ReportTable>();
        foreach (var group in result.Groups.Where(group => group.Gradients.Count > 0))
        {
            tables.Add(AgreementTables.Gradients(group, (result.Config.TruncationSteps > 0 ? ", truncated" : "") + Suffix(group)));
        }

        foreach (var group in result.Groups)
        {
            tables.Add(TrainingTables.Curves(result, group, Suffix(group)));
            if (group.Separations.Count > 0)
            {
                tables.Add(AgreementTables.Separations(group, Suffix(group)));
            }

            if (group.Weights.Count > 0)
            {
                tables.Add(AgreementTables.Weights(group, result.End, Suffix(group)));
            }
        }

        tables.Add(TrainingTables.Speed(result));
        if (result.Groups[0].Contenders[0].Scores.Count > 0)
        {
            tables.Add(TrainingTables.Scores(result));
        }

        foreach (var group in result.Groups)
        {
            if (group.Flow is { } flow)
            {
                tables.Add(FlowTables.Back(flow));
            }

            if (group.FlowAlong.Count > 0)
            {
                tables.Add(FlowTables.Along(group.FlowAlong));
            }

            if (group.Samples.Count > 0)
            {
                tables.Add(new($"Drawn from the model of {group.Contenders[0].Engine}{Suffix(group)}", ["", "sample"], [.. group.Samples.Select((sample, i) => (IReadOnlyList<string>)[$"{i + 1}", sample])], []) { IsText = true });
            }
        }

        return tables;

        string Suffix(GroupResult group) => result.Groups.Count > 1 ? $", {group.Cell}" : "";
    }
}

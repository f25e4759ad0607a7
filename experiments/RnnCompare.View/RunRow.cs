using RnnCompare.Experiments;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>A run in the list.</summary>
/// <param name="Id">Its path below the served folder.</param>
/// <param name="Folder">Its full path.</param>
/// <param name="Run">Its config and summary; null where they cannot be read.</param>
/// <param name="Problem">Why they cannot be read, in a line; null where all is well.</param>
/// <param name="Results">Its figures under names like <c>manual.loss</c>; texts are verdicts.</param>
internal sealed record RunRow(string Id, string Folder, RecordedRun? Run, string? Problem, IReadOnlyList<KeyValuePair<string, object>> Results)
{
    /// <summary>Reads a run's row; a damaged run becomes a row that says so.</summary>
    public static RunRow Read(string id, string folder)
    {
        try
        {
            var run = RunReader.ReadSummary(folder);
            return new(id, folder, run, null, [.. ResultsOf(run)]);
        }
        catch (InputException e)
        {
            return new(id, folder, null, e.Message, []);
        }
    }

    private static IEnumerable<KeyValuePair<string, object>> ResultsOf(RecordedRun run)
    {
        yield return new("state", run.State.ToString().ToLowerInvariant());
        if (run.Summary is not { } summary)
        {
            yield break;
        }

        yield return new("madeSteps", (double)summary.Steps);
        if (summary.Gradients.Count > 0)
        {
            yield return new("agrees", summary.Gradients.Concat(summary.Weights).All(agreement => agreement.Agrees) ? "yes" : "no");
        }

        foreach (var engine in summary.Engines)
        {
            var name = engine.Name.Replace(' ', '-');
            yield return new($"{name}.loss", engine.SmoothedLoss);
            foreach (var (part, score) in engine.Scores)
            {
                yield return new($"{name}.{part}", score.Score);
            }

            yield return new($"{name}.stepsPerSecond", engine.StepsPerSecond.Median);
        }
    }
}

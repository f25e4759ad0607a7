using System.Globalization;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results.Seeds;

namespace RnnCompare.View;

/// <summary>What several runs say when they are laid over one another, in words.</summary>
internal static class OverlayAnswers
{
    /// <summary>Whether settings differ by more than seeds do, each compared with the first; and whether all runs' gradients agree.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="engine">The engine that is looked at; an empty text for the first of each setting.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Setting> settings, string engine) => [.. Agreement(settings), .. Comparisons(settings, engine)];

    private static IEnumerable<string> Agreement(IReadOnlyList<Setting> settings)
    {
        var runs = settings.SelectMany(setting => setting.Runs.Select(run => (setting.Label, run.Run.Summary))).Where(run => run.Summary is { Gradients.Count: > 0 }).ToArray();
        if (runs.Length == 0)
        {
            yield break;
        }

        var differing = runs.Where(run => run.Summary!.Gradients.Any(agreement => !agreement.Agrees)).Select(run => run.Label).Distinct().ToArray();
        yield return differing.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Before training the gradients of all engines agree in {(runs.Length == 1 ? "the run" : $"all {runs.Length} runs")} that compared them.")
            : $"Before training gradients differ in {string.Join("; ", differing)}.";
    }

    private static IEnumerable<string> Comparisons(IReadOnlyList<Setting> settings, string engine)
    {
        var measured = settings.Select(setting => (setting.Label, Values: ValuesOf(setting, engine))).Where(setting => setting.Values.Count > 0).ToArray();
        if (measured.Length < 2)
        {
            yield break;
        }

        var first = measured[0];
        foreach (var measure in SeedMeasures.Decisive([.. measured.SelectMany(setting => setting.Values)]))
        {
            foreach (var other in measured.Skip(1))
            {
                var (a, b) = (BySeed(other.Values, measure), BySeed(first.Values, measure));
                yield return a.Keys.Intersect(b.Keys).Any()
                    ? SeedComparison.Of(measure, ($"‘{other.Label}’", a), ($"‘{first.Label}’", b)).Sentence
                    : string.Create(CultureInfo.InvariantCulture, $"{measure} is {Mean(a)} in ‘{other.Label}’ and {Mean(b)} in ‘{first.Label}’; they have no seed in common, so that nothing can be said of the difference.");
            }
        }
    }

    private static string Mean(Dictionary<int, double> values)
    {
        return values.Count == 0 ? "not known" : $"{Figures.Value(values.Values.Average())} (N = {values.Count})";
    }

    private static IReadOnlyList<SeedValue> ValuesOf(Setting setting, string engine)
    {
        SeedValue[] all = [.. setting.Runs.SelectMany(run => run.Run.SeedValues)];
        var chosen = engine.Length > 0 ? engine : all.Select(value => value.Engine).FirstOrDefault();
        return [.. all.Where(value => value.Engine == chosen)];
    }

    private static Dictionary<int, double> BySeed(IReadOnlyList<SeedValue> values, string measure)
    {
        return values.Where(value => value.Measure == measure).DistinctBy(value => value.Seed).ToDictionary(value => value.Seed, value => value.Value);
    }
}

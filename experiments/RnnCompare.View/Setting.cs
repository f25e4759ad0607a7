using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>Runs of one setting, which differ in their seeds at most.</summary>
/// <param name="Label">The config values that not all settings share; the run's id where there are none.</param>
/// <param name="Runs">The runs with their seeds; null for a run that has no name by its seed.</param>
internal sealed record Setting(string Label, IReadOnlyList<(int? Seed, RecordedRun Run)> Runs)
{
    private const string SeedKey = "seed";

    // What differs without making a difference.
    private static readonly string[] Unnamed = ["name"];

    private static readonly string[] SeedKeys = [SeedKey, "seeds"];

    /// <summary>The settings of some runs.</summary>
    /// <param name="runs">The runs with their ids.</param>
    /// <param name="joinSeeds">Whether runs that differ in nothing but their seeds are one setting.</param>
    public static IReadOnlyList<Setting> Of(IReadOnlyList<(string Id, RecordedRun Run)> runs, bool joinSeeds)
    {
        string[] differing = [.. runs.SelectMany(run => run.Run.Config).Select(entry => entry.Key).Distinct()
            .Where(key => !Unnamed.Contains(key) && runs.Select(run => run.Run.ConfigValue(key)).Distinct().Count() > 1)];
        string[] naming = joinSeeds ? [.. differing.Except(SeedKeys)] : differing;
        var groups = runs.GroupBy(run => LabelOf(run.Run, naming)).ToArray();
        return [.. groups.SelectMany(group => IsOneSetting([.. group], joinSeeds)
            ? [new Setting(group.Key.Length > 0 ? group.Key : group.Count() == 1 ? group.First().Id : "all", [.. group.Select(run => (SeedOf(run.Run), run.Run))])]
            : group.Select(run => new Setting(string.Join(", ", new[] { LabelOf(run.Run, differing), run.Id }.Where(part => part.Length > 0)), [(null, run.Run)])))];
    }

    private static bool IsOneSetting((string Id, RecordedRun Run)[] group, bool joinSeeds)
    {
        var seeds = group.Select(run => SeedOf(run.Run)).ToArray();
        return group.Length == 1 || (joinSeeds && seeds.All(seed => seed is not null) && seeds.Distinct().Count() == seeds.Length);
    }

    // A run of several seeds has no seed of its own to be told by.
    private static int? SeedOf(RecordedRun run) => run.ConfigValue("seeds").Length == 0 && int.TryParse(run.ConfigValue(SeedKey), out var seed) ? seed : null;

    private static string LabelOf(RecordedRun run, IEnumerable<string> keys) => string.Join(", ", keys.Select(key => $"{key} {run.ConfigValue(key)}"));
}

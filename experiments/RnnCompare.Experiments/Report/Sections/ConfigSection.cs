using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>What was run, and on what.</summary>
internal static class ConfigSection
{
    public static ReportSection Of(RecordedRun run)
    {
        var help = ConfigKeys.All.ToDictionary(key => key.Name, key => key.Help);
        var environment = run.Summary?.Environment ?? [];
        return new()
        {
            Id = "config",
            Title = "Config and machine",
            Answers = ["config.json in the run's folder repeats the run: rnncompare run config.json gives the same numbers bit for bit on the same machine."],
            Tables =
            [
                new("Config", ["key", "value", "meaning"], [.. run.Config.Select(entry => (IReadOnlyList<string>)[entry.Key, entry.Value, help.GetValueOrDefault(entry.Key, "")])], []) { IsText = true },
                .. environment.Count == 0 ? Array.Empty<ReportTable>() : [new("Measured on", ["fact", "value"], [.. environment.Select(fact => (IReadOnlyList<string>)[fact.Key, fact.Value])], []) { IsText = true }],
            ],
        };
    }
}

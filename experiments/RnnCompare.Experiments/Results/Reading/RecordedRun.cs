using System.Globalization;
using RnnCompare.Experiments.Results.Seeds;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>What the files of a run's folder say.</summary>
public sealed record RecordedRun
{
    /// <summary>The folder's full path.</summary>
    public required string Folder { get; init; }

    /// <summary>The run's name, from its config.</summary>
    public required string Name { get; init; }

    /// <summary>The config's keys with their values as text, in the file's order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Config { get; init; }

    /// <summary>What was measured once it had ended; null for a run without a summary.</summary>
    public RecordedSummary? Summary { get; init; }

    /// <summary>The losses on the way, a curve for each engine and seed; none for a worked example.</summary>
    public required IReadOnlyList<RecordedCurve> Curves { get; init; }

    /// <summary>The measurements of gradient flow; none for a run that has no <c>flow.json</c>.</summary>
    public required IReadOnlyList<RecordedFlow> Flows { get; init; }

    /// <summary>Gradient norms while training went on; none where they were not noted.</summary>
    public IReadOnlyList<RecordedMoment> FlowAlong { get; init; } = [];

    /// <summary>How far it has come.</summary>
    public required RunState State { get; init; }

    /// <summary>The last step that is noted.</summary>
    public int LastStep => Summary?.Steps ?? (Curves.Count == 0 ? 0 : Curves.Max(curve => curve.LastStep));

    /// <summary>What it came to: of one seed its own figures, of several those of each; nothing without a summary.</summary>
    public IReadOnlyList<SeedValue> SeedValues
    {
        get
        {
            return Summary is not { } summary ? []
                : summary.Seeds is { } seeds ? seeds.Results
                : !int.TryParse(ConfigValue("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? []
                : [.. summary.Engines.SelectMany(engine => engine.Scores
                    .Select(part => new SeedValue(engine.Name, seed, SeedMeasures.Score(part.Key, summary.Metric), part.Value.Score))
                    .Prepend(new(engine.Name, seed, SeedMeasures.Loss, engine.SmoothedLoss)))];
        }
    }

    /// <summary>The value of a config key; an empty text where the config has no such key.</summary>
    public string ConfigValue(string key) => Config.FirstOrDefault(entry => entry.Key == key).Value ?? "";
}

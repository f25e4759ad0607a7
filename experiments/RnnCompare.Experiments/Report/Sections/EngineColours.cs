using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Gives every engine of a run one colour, the same in all charts.</summary>
internal sealed class EngineColours
{
    private readonly List<string> _names;

    private EngineColours(IEnumerable<string> names) => _names = [.. names.Distinct()];

    /// <summary>The colours of a run's engines, in their order.</summary>
    public static EngineColours Of(RecordedRun run)
    {
        return new(run.Summary is { Engines.Count: > 0 } summary ? summary.Engines.Select(engine => engine.Name) : run.Curves.Select(curve => curve.Engine));
    }

    /// <summary>The colour of an engine; a name of an engine alone finds its first cell.</summary>
    public int this[string name]
    {
        get
        {
            var index = _names.IndexOf(name);
            index = index < 0 ? _names.FindIndex(known => known.StartsWith(name.Split(' ', ',')[0], StringComparison.Ordinal)) : index;
            return Math.Max(index, 0);
        }
    }
}

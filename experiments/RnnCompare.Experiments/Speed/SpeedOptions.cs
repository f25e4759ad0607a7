using RnnCompare.Cells;
using RnnCompare.Experiments.Configs;

namespace RnnCompare.Experiments.Speed;

/// <summary>What is measured and for how long.</summary>
public sealed record SpeedOptions
{
    /// <summary>The engines; the first is what the others are compared with.</summary>
    public required IReadOnlyList<string> Engines { get; init; }

    /// <summary>The cases.</summary>
    public required IReadOnlyList<SpeedCase> Cases { get; init; }

    /// <summary>The Python whose NumPy is timed beside the engines; null for none.</summary>
    public string? Python { get; init; }

    /// <summary>How long the rounds of a case last at least.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Understands the command line.</summary>
    /// <param name="cells">The cells, separated by commas.</param>
    /// <param name="engines">The engines, separated by commas.</param>
    /// <param name="points">Rows of the grid from 1, separated by commas; null for all.</param>
    /// <param name="seconds">How long a case is measured at least.</param>
    /// <param name="python">The Python whose NumPy is timed too; null for none.</param>
    /// <exception cref="InputException">A value is not accepted.</exception>
    public static SpeedOptions Parse(string cells, string engines, string? points, double seconds, string? python = null)
    {
        var config = GivenValue.Resolve([GivenValue.Of("cells", cells, "--cells"), GivenValue.Of("engines", engines, "--engines")]);
        if (python is not null && config.CellList.FirstOrDefault(CellFile.IsFile) is { } file)
        {
            throw new InputException($"--numpy: the NumPy prototype has the built-in cells, but not that of {file}; rnncompare equations {file} --format python prints one.");
        }

        var rows = points is null ? [.. Enumerable.Range(1, SpeedGrid.Count)] : points.Split(',').Select(Row).Distinct().ToArray();
        return new()
        {
            Engines = config.EngineList,
            Cases = [.. config.CellList.SelectMany(cell => SpeedGrid.Of(CellFile.CellOf(cell)).Where((_, i) => rows.Contains(i + 1)))],
            Python = python,
            Duration = seconds is > 0 and < 1e6 ? TimeSpan.FromSeconds(seconds) : throw new InputException($"--seconds is {seconds}, but must be above 0."),
        };
    }

    private static int Row(string text)
    {
        return int.TryParse(text, out var row) && row >= 1 && row <= SpeedGrid.Count
            ? row
            : throw new InputException($"--points: '{text}' is not a row of the grid, which has rows 1 to {SpeedGrid.Count}.");
    }
}

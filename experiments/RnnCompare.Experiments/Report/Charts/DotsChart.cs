namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Distances on a logarithmic axis, each in the row of its array and beside the floor that it is judged by.</summary>
public sealed record DotsChart : Chart
{
    /// <summary>The rows, from the top.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>The dots.</summary>
    public required IReadOnlyList<Dot> Dots { get; init; }

    /// <summary>How many times the floor counts as agreement; NaN where that is not known.</summary>
    public required double Limit { get; init; }
}

/// <summary>A distance.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Name">The engine.</param>
/// <param name="Precision"><c>float32</c> or <c>float64</c>.</param>
/// <param name="Colour">The engine's colour.</param>
/// <param name="Value">The distance; 0 where all numbers are equal.</param>
/// <param name="Floor">What rounding alone does here.</param>
public sealed record Dot(int Row, string Name, string Precision, int Colour, double Value, double Floor);

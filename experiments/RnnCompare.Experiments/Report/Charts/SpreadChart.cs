namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Distributions under one another on a logarithmic axis.</summary>
public sealed record SpreadChart : Chart
{
    /// <summary>The distributions, from the top.</summary>
    public required IReadOnlyList<Spread> Rows { get; init; }
}

/// <summary>A distribution.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Colour">The engine's colour.</param>
/// <param name="Shares">Which shares of the measurements lie below <paramref name="Values"/>, in percent: 0, 1, …, 100, or the quartiles.</param>
/// <param name="Values">The values.</param>
/// <param name="Lower">The lower end of the median's interval; NaN where there is none.</param>
/// <param name="Upper">The upper end.</param>
public sealed record Spread(string Name, int Colour, IReadOnlyList<double> Shares, IReadOnlyList<double> Values, double Lower, double Upper);

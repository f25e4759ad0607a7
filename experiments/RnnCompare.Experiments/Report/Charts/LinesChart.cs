using System.Text.Json.Serialization;

namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Curves over a common horizontal axis.</summary>
public sealed record LinesChart : Chart
{
    /// <summary>The curves.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Whether the vertical axis is logarithmic to begin with.</summary>
    public bool Log { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic to begin with, because most happens early.</summary>
    public bool LogX { get; init; }
}

/// <summary>A curve.</summary>
public sealed record Series
{
    /// <summary>The name in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the report's colours it has; one for each engine, the same in all charts.</summary>
    public required int Colour { get; init; }

    /// <summary>How it is drawn.</summary>
    public SeriesRole Role { get; init; }

    /// <summary>The horizontal values, increasing.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The vertical values; NaN leaves a gap.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The running mean, to be laid over the values on demand; null where there is none.</summary>
    public IReadOnlyList<double>? Smoothed { get; init; }

    /// <summary>The lower edge of a band around the values; null where there is none.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>The upper edge of the band.</summary>
    public IReadOnlyList<double>? Upper { get; init; }
}

/// <summary>What a curve stands for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeriesRole>))]
public enum SeriesRole
{
    /// <summary>Measured values: a full line.</summary>
    Measured,

    /// <summary>A few measured values far apart: a line with a mark at each.</summary>
    Marked,

    /// <summary>What the others are held against, such as a floor, a bound or a baseline: a dashed grey line.</summary>
    Reference,
}

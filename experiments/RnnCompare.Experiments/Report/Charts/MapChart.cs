namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Numbers over two axes, as colours on a logarithmic scale.</summary>
public sealed record MapChart : Chart
{
    /// <summary>The horizontal values.</summary>
    public required IReadOnlyList<double> Columns { get; init; }

    /// <summary>The vertical values, from the bottom.</summary>
    public required IReadOnlyList<double> Rows { get; init; }

    /// <summary>A list for each row; NaN leaves the place empty.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <summary>What the colours stand for.</summary>
    public required string ValueLabel { get; init; }
}

namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Makes long curves short enough to draw without losing what stands out.</summary>
/// <remarks>
/// The points are cut into equal stretches, of each of which the first, the least, the greatest and the last stay (M4; Jugel et al. 2014),
/// and the first that is not a number. So every peak and every gap stays where it was.
/// </remarks>
public static class Thinning
{
    private const int KeptOfEach = 5;

    /// <summary>A curve of at most so many points.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="mostPoints">The most points that may be left, at least 5.</param>
    public static Series Thin(Series series, int mostPoints)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, KeptOfEach);
        if (series.X.Count <= mostPoints)
        {
            return series;
        }

        var kept = Kept(series, mostPoints / KeptOfEach);
        return series with
        {
            X = Pick(series.X)!,
            Y = Pick(series.Y)!,
            Smoothed = Pick(series.Smoothed),
            Lower = Pick(series.Lower),
            Upper = Pick(series.Upper),
        };

        IReadOnlyList<double>? Pick(IReadOnlyList<double>? values) => values is null ? null : [.. kept.Select(i => values[i])];
    }

    private static SortedSet<int> Kept(Series series, int stretches)
    {
        var count = series.X.Count;
        var kept = new SortedSet<int>();
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var from = (int)((long)stretch * count / stretches);
            var to = (int)((long)(stretch + 1) * count / stretches);
            var (least, greatest, gap) = (-1, -1, -1);
            for (var i = from; i < to; i++)
            {
                var value = series.Y[i];
                if (double.IsNaN(value))
                {
                    gap = gap < 0 ? i : gap;
                    continue;
                }

                least = least < 0 || value < series.Y[least] ? i : least;
                greatest = greatest < 0 || value > series.Y[greatest] ? i : greatest;
            }

            kept.UnionWith(new[] { from, least, greatest, gap, to - 1 }.Where(i => i >= 0));
        }

        return kept;
    }
}

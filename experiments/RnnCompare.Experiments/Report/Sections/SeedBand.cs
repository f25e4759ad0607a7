using System.Globalization;
using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>A curve of one seed.</summary>
/// <param name="Seed">The seed; null where a run has one alone and it needs no name.</param>
/// <param name="X">The steps.</param>
/// <param name="Y">The values.</param>
/// <param name="Smoothed">Their running mean; null where there is none.</param>
public readonly record struct SeedCurve(int? Seed, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Smoothed)
{
    /// <summary>The last step; NaN where there is none.</summary>
    public double End => X.Count == 0 ? double.NaN : X[^1];
}

/// <summary>The curves of several seeds as one: their mean, within the band of the least and the greatest.</summary>
public static class SeedBand
{
    /// <summary>The series of an engine: of a single seed its values as they are, of several a band, and beside it each seed that came less far.</summary>
    /// <param name="name">The engine.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="role">How it is drawn.</param>
    /// <param name="curves">A curve for each seed.</param>
    /// <remarks>A seed that diverged or is still under way is not part of the band: a mean over other seeds from its end on would jump.</remarks>
    public static IEnumerable<Series> Of(string name, int colour, SeriesRole role, IReadOnlyList<SeedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var farthest = curves.Max(curve => curve.End);
        SeedCurve[] whole = [.. curves.Where(curve => curve.End == farthest)];
        SeedCurve[] single = whole.Length == 1 ? [.. curves] : [.. curves.Where(curve => curve.End != farthest)];
        if (whole.Length > 1)
        {
            yield return Band(name, colour, role, whole);
        }

        foreach (var curve in single)
        {
            var seed = curve.Seed is { } number ? string.Create(CultureInfo.InvariantCulture, $", seed {number}") : "";
            yield return new() { Name = name + seed, Colour = colour, Role = role, X = curve.X, Y = curve.Y, Smoothed = curve.Smoothed };
        }
    }

    private static Series Band(string name, int colour, SeriesRole role, SeedCurve[] curves)
    {
        // Runs that were noted at other steps have some in common.
        var common = curves.Skip(1).Aggregate(new HashSet<double>(curves[0].X), (left, curve) =>
        {
            left.IntersectWith(curve.X);
            return left;
        });
        var aligned = curves.Select(curve => (Curve: curve, Places: Enumerable.Range(0, curve.X.Count).Where(i => common.Contains(curve.X[i])).ToArray())).ToArray();
        var values = Enumerable.Range(0, common.Count).Select(i => aligned.Select(each => each.Curve.Y[each.Places[i]]).ToArray()).ToArray();
        return new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{name} (N = {curves.Length})"),
            Colour = colour,
            Role = role,
            X = [.. common.Order()],
            Y = [.. values.Select(at => at.Average())],
            Lower = [.. values.Select(at => at.Min())],
            Upper = [.. values.Select(at => at.Max())],
            Smoothed = Array.TrueForAll(curves, curve => curve.Smoothed is not null) ? [.. Enumerable.Range(0, common.Count).Select(i => aligned.Average(each => each.Curve.Smoothed![each.Places[i]]))] : null,
        };
    }
}

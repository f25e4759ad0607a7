using System.Globalization;
using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>A curve of one seed.</summary>
/// <param name="X">The steps.</param>
/// <param name="Y">The values.</param>
/// <param name="Smoothed">Their running mean; null where there is none.</param>
internal readonly record struct SeedCurve(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Smoothed);

/// <summary>The curves of several seeds as one: their mean, within the band of the least and the greatest.</summary>
internal static class SeedBand
{
    /// <summary>The series of an engine; of a single seed its values as they are.</summary>
    public static Series Of(string name, int colour, SeriesRole role, IReadOnlyList<SeedCurve> curves)
    {
        if (curves.Count == 1)
        {
            return new() { Name = name, Colour = colour, Role = role, X = curves[0].X, Y = curves[0].Y, Smoothed = curves[0].Smoothed };
        }

        // Seeds that came less far, such as one that diverged, end the band: a mean over other seeds would jump.
        var count = curves.Min(curve => curve.X.Count);
        var values = Enumerable.Range(0, count).Select(i => curves.Select(curve => curve.Y[i]).ToArray()).ToArray();
        return new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{name} (N = {curves.Count})"),
            Colour = colour,
            Role = role,
            X = [.. curves[0].X.Take(count)],
            Y = [.. values.Select(at => at.Average())],
            Lower = [.. values.Select(at => at.Min())],
            Upper = [.. values.Select(at => at.Max())],
            Smoothed = curves.All(curve => curve.Smoothed is not null) ? [.. Enumerable.Range(0, count).Select(i => curves.Average(curve => curve.Smoothed![i]))] : null,
        };
    }
}

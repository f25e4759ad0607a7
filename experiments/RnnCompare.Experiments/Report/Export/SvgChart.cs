using System.Globalization;
using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Report.Export;

/// <summary>Charts as SVG, drawn plainly, as papers print them.</summary>
internal static class SvgChart
{
    private const int PlotHeight = 320;
    private const int RowHeight = 26;
    private const int MostPoints = 1500;
    private const string Reference = "#777";

    /// <summary>The picture of a chart.</summary>
    public static string Write(Chart chart)
    {
        return chart switch
        {
            LinesChart lines => Lines(lines),
            DotsChart dots => Dots(dots),
            SpreadChart spread => Spreads(spread),
            MapChart map => Map(map),
            _ => throw new ArgumentException($"{chart.GetType().Name} is not a chart that can be drawn.", nameof(chart)),
        };
    }

    private static string Lines(LinesChart chart)
    {
        var picture = new SvgPicture(chart.Title, PlotHeight);
        Series[] curves = [.. chart.Series.Select(series => Thinning.Thin(series, MostPoints))];
        var x = new SvgAxis(curves.SelectMany(series => series.X), log: false, SvgPicture.Left, SvgPicture.Right);
        var y = new SvgAxis(curves.SelectMany(series => series.Y.Concat(series.Lower ?? []).Concat(series.Upper ?? [])), chart.Log, picture.Bottom, SvgPicture.Top);
        picture.Frame(x, y, chart.XLabel, chart.YLabel);
        foreach (var series in curves)
        {
            var dashed = series.Role == SeriesRole.Reference;
            var colour = dashed ? Reference : SvgPicture.Colour(series.Colour);
            if (series is { Lower: { } lower, Upper: { } upper })
            {
                var edge = Enumerable.Range(0, series.X.Count).Select(i => (series.X[i], upper[i])).Concat(Enumerable.Range(0, series.X.Count).Reverse().Select(i => (series.X[i], lower[i])));
                picture.Add($"<polygon points=\"{Points(edge.Where(point => double.IsFinite(point.Item2)), x, y)}\" fill=\"{colour}\" fill-opacity=\"0.15\"/>");
            }

            foreach (var stretch in Stretches(series))
            {
                picture.Add($"<polyline points=\"{Points(stretch, x, y)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"{(dashed ? " stroke-dasharray=\"5 4\"" : "")}/>");
            }

            // A zero has no place on a logarithmic axis: it is marked at the lower end.
            foreach (var (at, value) in series.X.Zip(series.Y).Where(point => series.Role == SeriesRole.Marked || (chart.Log && point.Second == 0)))
            {
                if (double.IsFinite(value))
                {
                    picture.Add($"<circle cx=\"{x.At(at):0.##}\" cy=\"{y.At(value):0.##}\" r=\"3\" fill=\"{(chart.Log && value <= 0 ? "#fff" : colour)}\" stroke=\"{colour}\"/>");
                }
            }

            picture.Legend(series.Name, colour, dashed);
        }

        return picture.ToString();
    }

    private static string Dots(DotsChart chart)
    {
        var picture = new SvgPicture(chart.Title, RowHeight * chart.Rows.Count);
        var x = new SvgAxis(chart.Dots.SelectMany(dot => new[] { dot.Value, dot.Floor }), log: true, SvgPicture.Left, SvgPicture.Right);
        picture.Frame(x, null, chart.XLabel, chart.YLabel);
        Rows(picture, chart.Rows);
        foreach (var dot in chart.Dots)
        {
            var (y, colour) = (Middle(dot.Row), SvgPicture.Colour(dot.Colour));
            picture.Add($"<line x1=\"{x.At(dot.Floor):0.##}\" x2=\"{x.At(dot.Floor):0.##}\" y1=\"{y - 8}\" y2=\"{y + 8}\" stroke=\"{Reference}\"/>");
            picture.Add($"<circle cx=\"{x.At(dot.Value):0.##}\" cy=\"{y}\" r=\"4\" fill=\"{(dot.Value > 0 ? colour : "#fff")}\" fill-opacity=\"0.8\" stroke=\"{colour}\"/>");
        }

        foreach (var name in chart.Dots.Select(dot => (dot.Name, dot.Colour)).Distinct())
        {
            picture.Legend(name.Name, SvgPicture.Colour(name.Colour));
        }

        picture.Legend("what rounding alone does", Reference);
        return picture.ToString();
    }

    private static string Spreads(SpreadChart chart)
    {
        var picture = new SvgPicture(chart.Title, RowHeight * chart.Rows.Count);
        var x = new SvgAxis(chart.Rows.SelectMany(row => row.Values), log: true, SvgPicture.Left, SvgPicture.Right);
        picture.Frame(x, null, chart.XLabel, chart.YLabel);
        Rows(picture, [.. chart.Rows.Select(row => row.Name)]);
        for (var i = 0; i < chart.Rows.Count; i++)
        {
            var (row, y, colour) = (chart.Rows[i], Middle(i), SvgPicture.Colour(chart.Rows[i].Colour));
            double At(double share) => x.At(row.Values[Enumerable.Range(0, row.Shares.Count).MinBy(index => Math.Abs(row.Shares[index] - share))]);
            picture.Add($"<line x1=\"{At(5):0.##}\" x2=\"{At(95):0.##}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\"/>");
            picture.Add($"<rect x=\"{At(25):0.##}\" y=\"{y - 7}\" width=\"{Math.Max(0, At(75) - At(25)):0.##}\" height=\"14\" fill=\"{colour}\" fill-opacity=\"0.4\" stroke=\"{colour}\"/>");
            picture.Add($"<line x1=\"{At(50):0.##}\" x2=\"{At(50):0.##}\" y1=\"{y - 7}\" y2=\"{y + 7}\" stroke=\"#000\" stroke-width=\"2\"/>");
        }

        picture.Legend("median, quartiles, 5 % to 95 %", Reference);
        return picture.ToString();
    }

    private static string Map(MapChart chart)
    {
        var picture = new SvgPicture(chart.Title, PlotHeight);
        double[] shown = [.. chart.Values.SelectMany(row => row).Where(value => value > 0 && double.IsFinite(value))];
        var shade = new SvgAxis(shown, log: true, 0, 1);
        var (width, height) = ((double)(SvgPicture.Right - SvgPicture.Left) / chart.Columns.Count, (double)PlotHeight / chart.Rows.Count);
        for (var row = 0; row < chart.Rows.Count; row++)
        {
            for (var column = 0; column < chart.Columns.Count; column++)
            {
                if (chart.Values[row][column] is var value && double.IsFinite(value))
                {
                    // From light to dark, by one hue.
                    var light = 92 - (70 * shade.At(value));
                    picture.Add($"<rect x=\"{SvgPicture.Left + (column * width):0.##}\" y=\"{picture.Bottom - ((row + 1) * height):0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" fill=\"hsl(210 70% {light:0}%)\"/>");
                }
            }
        }

        picture.Frame(
            new(Edges(chart.Columns), log: false, SvgPicture.Left, SvgPicture.Right), new(Edges(chart.Rows), log: false, picture.Bottom, SvgPicture.Top), chart.XLabel, chart.YLabel);
        var (least, most) = shown.Length > 0 ? (shown.Min(), shown.Max()) : (double.NaN, double.NaN);
        picture.Legend($"{chart.ValueLabel}: light {Figures.Value(least)}, dark {Figures.Value(most)}, logarithmic", "#1c5a99");
        return picture.ToString();
    }

    // A cell reaches half a step to both sides of its value.
    private static double[] Edges(IReadOnlyList<double> values)
    {
        var half = values.Count > 1 ? (values[^1] - values[0]) / (values.Count - 1) / 2 : 0.5;
        return [values[0] - half, values[^1] + half];
    }

    private static void Rows(SvgPicture picture, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            picture.Text(SvgPicture.Left - 8, Middle(i) + 4, names[i], "end");
        }
    }

    private static double Middle(int row) => SvgPicture.Top + ((row + 0.5) * RowHeight);

    // Where a value is not a number, the line has a gap.
    private static IEnumerable<List<(double X, double Y)>> Stretches(Series series)
    {
        var stretch = new List<(double, double)>();
        foreach (var point in series.X.Zip(series.Y))
        {
            if (double.IsFinite(point.Second))
            {
                stretch.Add(point);
            }
            else if (stretch.Count > 0)
            {
                yield return stretch;
                stretch = [];
            }
        }

        if (stretch.Count > 0)
        {
            yield return stretch;
        }
    }

    private static string Points(IEnumerable<(double X, double Y)> points, SvgAxis x, SvgAxis y)
    {
        return string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{x.At(point.X):0.##},{y.At(point.Y):0.##}")));
    }
}

using System.Globalization;
using System.Text;
using RnnCompare.Experiments.Report.Charts;

namespace RnnCompare.Experiments.Report.Export;

/// <summary>The numbers of a chart as CSV, a row for each; what is not a number is left empty.</summary>
internal static class ChartCsv
{
    /// <summary>The text of the file.</summary>
    public static string Write(Chart chart)
    {
        var text = new StringBuilder();
        switch (chart)
        {
            case LinesChart lines:
                Row(text, "series", "x", "y", "smoothed", "lower", "upper");
                foreach (var series in lines.Series)
                {
                    for (var i = 0; i < series.X.Count; i++)
                    {
                        Row(text, series.Name, series.X[i], series.Y[i], series.Smoothed?[i], series.Lower?[i], series.Upper?[i]);
                    }
                }

                break;
            case DotsChart dots:
                Row(text, "row", "engine", "precision", "value", "floor");
                foreach (var dot in dots.Dots)
                {
                    Row(text, dots.Rows[dot.Row], dot.Name, dot.Precision, dot.Value, dot.Floor);
                }

                break;
            case SpreadChart spread:
                Row(text, "name", "percent", "value");
                foreach (var row in spread.Rows)
                {
                    for (var i = 0; i < row.Shares.Count; i++)
                    {
                        Row(text, row.Name, row.Shares[i], row.Values[i]);
                    }
                }

                break;
            case MapChart map:
                Row(text, "row", "column", "value");
                for (var row = 0; row < map.Rows.Count; row++)
                {
                    for (var column = 0; column < map.Columns.Count; column++)
                    {
                        Row(text, map.Rows[row], map.Columns[column], map.Values[row][column]);
                    }
                }

                break;
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, params object?[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(object? cell)
    {
        return cell switch
        {
            double value => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "",
            string word => word.AsSpan().ContainsAny(",\"\n") ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : word,
            _ => "",
        };
    }
}

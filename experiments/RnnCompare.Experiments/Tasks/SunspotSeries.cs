using System.Globalization;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A series of numbers, one a line: <c>time,value</c> after a line of headings.</summary>
internal static class SunspotSeries
{
    /// <summary>Reads the values.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InputException">A line is not of the format.</exception>
    public static double[] Parse(string text, string source)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var values = new double[lines.Length - 1];
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            if (cells.Length != 2
                || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i - 1])
                || !double.IsFinite(values[i - 1]))
            {
                throw new InputException($"{source}, line {i + 1}: '{lines[i]}' must be a time, a comma and a number.");
            }
        }

        return values;
    }
}

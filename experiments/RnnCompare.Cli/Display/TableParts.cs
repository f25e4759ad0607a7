using RnnCompare.Experiments;

namespace RnnCompare.Cli.Display;

/// <summary>Cuts a table that is wider than the screen into tables below each other, so that no word and no number is broken.</summary>
internal static class TableParts
{
    private const int Padding = 3; // a space on either side, and the line between columns

    /// <summary>The parts, each with the first column; the whole where it fits. Title and notes stay with the first and the last.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">The characters in a line of the screen.</param>
    public static IEnumerable<ReportTable> Of(ReportTable table, int width)
    {
        // Columns of text wrap between words; a number does not wrap.
        var widths = table.Headers.Select((header, i) => Padding + table.Rows.Select(row => table.IsText ? LongestWord(row[i]) : row[i].Length).Prepend(LongestWord(header)).Max()).ToArray();
        var groups = new List<List<int>> { new() };
        var free = width - 1 - widths[0];
        for (var column = 1; column < widths.Length; column++)
        {
            if (free < widths[column] && groups[^1].Count > 0)
            {
                groups.Add([]);
                free = width - 1 - widths[0];
            }

            groups[^1].Add(column);
            free -= widths[column];
        }

        return groups.Select((columns, part) => table with
        {
            Title = part == 0 ? table.Title : $"{table.Title} (continued)",
            Headers = [table.Headers[0], .. columns.Select(column => table.Headers[column])],
            Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[row[0], .. columns.Select(column => row[column])])],
            Notes = part == groups.Count - 1 ? table.Notes : [],
        });
    }

    private static int LongestWord(string text) => text.Split(' ').Max(word => word.Length);
}

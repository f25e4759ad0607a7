namespace RnnCompare.Experiments;

/// <summary>A table of a report, for the screen and for files.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Headers">The columns.</param>
/// <param name="Rows">The cells of each row, as many as there are columns; the first says what the row is.</param>
/// <param name="Notes">What there is to say about it.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>Whether the cells are words rather than figures.</summary>
    public bool IsText { get; init; }

    /// <summary>The table as Markdown.</summary>
    public string ToMarkdown()
    {
        var lines = new List<string> { $"## {Title}", "" };
        if (Rows.Count > 0)
        {
            lines.Add(Line(Headers));
            lines.Add($"|---|{string.Concat(Enumerable.Repeat(IsText ? "---|" : "---:|", Headers.Count - 1))}");
            lines.AddRange(Rows.Select(Line));
            lines.Add("");
        }

        lines.AddRange(Notes.SelectMany(note => new[] { note, "" }));
        return string.Join('\n', lines);
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}

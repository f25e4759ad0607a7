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

    /// <summary>A table with a row for each of some things, and a column for each of some facts about them.</summary>
    /// <param name="title">The title.</param>
    /// <param name="rows">What there is a row for.</param>
    /// <param name="columns">The columns; what they mean is said below the notes, in their order.</param>
    /// <param name="notes">What else must be said.</param>
    /// <typeparam name="TRow">What a row tells of.</typeparam>
    public static ReportTable Of<TRow>(string title, IEnumerable<TRow> rows, IReadOnlyList<ReportColumn<TRow>> columns, IReadOnlyList<string> notes)
    {
        return new(
            title,
            [.. columns.Select(column => column.Header)],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => column.Value(row))])],
            [.. notes, .. columns.Select(column => column.Legend).OfType<string>()]);
    }

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

/// <summary>A column of a table.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Value">What stands in a row.</param>
/// <param name="Legend">What it means, as a sentence below the table; null where the header says it.</param>
/// <typeparam name="TRow">What a row tells of.</typeparam>
public sealed record ReportColumn<TRow>(string Header, Func<TRow, string> Value, string? Legend = null);

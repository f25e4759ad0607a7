namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>A series in a CSV file: a row for each time.</summary>
internal static class SeriesFile
{
    /// <summary>Takes columns out of a table.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="inputs">The columns that enter, separated by commas; nothing for the target's own.</param>
    /// <param name="target">The column that is forecast; nothing for the last.</param>
    /// <param name="horizon">How many steps ahead.</param>
    /// <exception cref="InputException">The file is not a table, has no such columns, or they hold something else than numbers.</exception>
    public static Series Parse(string text, string source, string inputs, string target, int horizon)
    {
        var table = CsvTable.Parse(text, source);
        var targetColumn = target.Length > 0 ? table.Column(target, "targetColumn") : table.Rows[0].Cells.Count - 1;
        var inputColumns = inputs.Length > 0 ? inputs.Split(',', StringSplitOptions.TrimEntries).Select(name => table.Column(name, "inputColumns")).ToArray() : [targetColumn];
        return new([.. inputColumns.Select(table.Numbers)], table.Numbers(targetColumn), horizon);
    }
}

namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>Labelled sequences in a file: JSON lines, or a CSV table with a column of sequences and one of labels.</summary>
internal static class LabelledFile
{
    /// <summary>What the sequence is called in JSON lines unless the config says otherwise.</summary>
    public const string SequenceKey = "sequence";

    /// <summary>What the label is called.</summary>
    public const string LabelKey = "label";

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text; JSON lines where it begins with a brace.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="sequence">The key or column of the sequences; nothing for <see cref="SequenceKey"/> or the first column.</param>
    /// <param name="label">The key or column of the labels; nothing for <see cref="LabelKey"/> or the last column.</param>
    /// <exception cref="InputException">It cannot be used; the message names the line and the column.</exception>
    public static IReadOnlyList<LabelledSequence> Parse(string text, string source, string sequence, string label)
    {
        var sequences = text.TrimStart().StartsWith('{')
            ? LabelledJson.Parse(text, source, sequence.Length > 0 ? sequence : SequenceKey, label.Length > 0 ? label : LabelKey)
            : FromTable(CsvTable.Parse(text, source), sequence, label);
        return sequences.Select(each => each.Label).Distinct().Skip(1).Any()
            ? sequences
            : throw new InputException($"{source}: every label is '{sequences[0].Label}'; there is nothing to learn.");
    }

    // Numbers with blanks between them where every cell holds such, otherwise words.
    private static List<LabelledSequence> FromTable(CsvTable table, string sequence, string label)
    {
        var sequenceColumn = sequence.Length > 0 ? table.Column(sequence, "inputColumns") : 0;
        var labelColumn = label.Length > 0 ? table.Column(label, "targetColumn") : table.Rows[0].Cells.Count - 1;
        if (sequenceColumn == labelColumn)
        {
            throw new InputException($"{table.Source}: column {labelColumn + 1} ({table.NameOf(labelColumn)}) cannot be both the sequence and its label.");
        }

        var words = table.Rows.Select(row => row.Cells[sequenceColumn].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var numbers = words.All(row => row.All(word => CsvTable.Number(word) is not null));
        return [.. table.Rows.Zip(words, (row, cells) =>
        {
            if (cells.Length == 0)
            {
                throw table.Refusal(row, sequenceColumn, "the sequence is empty.");
            }

            if (row.Cells[labelColumn].Length == 0)
            {
                throw table.Refusal(row, labelColumn, "the label is empty.");
            }

            return new LabelledSequence(numbers ? null : cells, numbers ? [.. cells.Select(cell => new[] { CsvTable.Number(cell)!.Value })] : null, row.Cells[labelColumn]);
        })];
    }
}

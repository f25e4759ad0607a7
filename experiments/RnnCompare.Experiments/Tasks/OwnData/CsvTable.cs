using System.Globalization;
using System.Text;

namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>A table of a CSV file: headings, and rows of as many cells.</summary>
/// <remarks>
/// RFC 4180, with ; or a tab in place of commas where the first line has more of them. The first line holds headings unless
/// all its cells are numbers. Empty lines do not count.
/// </remarks>
internal sealed class CsvTable
{
    private static readonly char[] Separators = [',', ';', '\t'];

    private CsvTable(string source, IReadOnlyList<string>? headings, IReadOnlyList<CsvRow> rows)
    {
        (Source, Headings, Rows) = (source, headings, rows);
    }

    /// <summary>Where it comes from, for messages.</summary>
    public string Source { get; }

    /// <summary>The headings; null where there are none.</summary>
    public IReadOnlyList<string>? Headings { get; }

    /// <summary>The rows below the headings; at least one.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    private int Columns => Rows[0].Cells.Count;

    /// <summary>Reads a table.</summary>
    /// <exception cref="InputException">It is none; the message names the line and the column.</exception>
    public static CsvTable Parse(string text, string source)
    {
        var first = text.Split('\n', 2)[0];
        var separator = Separators.MaxBy(character => first.Count(c => c == character));
        var rows = new List<CsvRow>();
        var (position, line) = (0, 1);
        while (position < text.Length)
        {
            var row = ReadRow(text, ref position, ref line, separator, source);
            if (row.Cells is [""])
            {
                continue;
            }

            if (rows.Count > 0 && row.Cells.Count != rows[0].Cells.Count)
            {
                var (has, needs) = (row.Cells.Count, rows[0].Cells.Count);
                throw new InputException($"{source}, line {row.Line}, column {Math.Min(has, needs) + 1}: the row has {has} {(has == 1 ? "cell" : "cells")}, but the first one has {needs}.");
            }

            rows.Add(row);
        }

        var headings = rows.Count > 0 && !rows[0].Cells.All(cell => Number(cell) is not null) ? rows[0].Cells : null;
        CsvRow[] data = [.. headings is null ? rows : rows.Skip(1)];
        return data.Length > 0 ? new(source, headings, data) : throw new InputException($"{source}: there are no rows{(headings is null ? "" : " below the headings")}.");
    }

    /// <summary>The index of a column that is named by its heading or by its number, from 1.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="key">The key that it was given for, for messages.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public int Column(string name, string key)
    {
        if (Headings?.ToList().IndexOf(name) is { } index and >= 0)
        {
            return index;
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Columns)
        {
            return number - 1;
        }

        var known = Headings is null ? $"its columns are 1..{Columns}" : $"the nearest of its columns is '{NearestName.Of(name, Headings)}'";
        throw new InputException($"{key}: {Source} has no column '{name}'; {known}.");
    }

    /// <summary>The heading of a column, or its number.</summary>
    public string NameOf(int column) => Headings?[column] ?? $"{column + 1}";

    /// <summary>The numbers of a column.</summary>
    /// <exception cref="InputException">A cell is not a finite number; the message names its line and column.</exception>
    public double[] Numbers(int column)
    {
        return [.. Rows.Select(row => Number(row.Cells[column]) ?? throw Refusal(row, column, $"'{row.Cells[column]}' is not a number."))];
    }

    /// <summary>Refuses a cell.</summary>
    public InputException Refusal(CsvRow row, int column, string what)
    {
        var message = $"{Source}, line {row.Line}, column {column + 1}{(Headings is null ? "" : $" ({Headings[column]})")}: {what}";
        return new(message.ReplaceLineEndings(" ")); // a quoted cell may have lines
    }

    /// <summary>A cell as a finite number, or null.</summary>
    public static double? Number(string cell)
    {
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static CsvRow ReadRow(string text, ref int position, ref int line, char separator, string source)
    {
        var (cells, first) = (new List<string>(), line);
        while (true)
        {
            cells.Add(position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position, ref line, cells.Count + 1, separator, source) : ReadPlain(text, ref position, separator));
            if (position == text.Length || text[position] == '\n')
            {
                position++;
                line++;
                return new(first, cells);
            }

            position++;
        }
    }

    private static string ReadPlain(string text, ref int position, char separator)
    {
        var start = position;
        while (position < text.Length && text[position] != separator && text[position] != '\n')
        {
            position++;
        }

        return text[start..position].Trim(' ');
    }

    private static string ReadQuoted(string text, ref int position, ref int line, int column, char separator, string source)
    {
        var (cell, first) = (new StringBuilder(), line);
        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                line += text[position] == '\n' ? 1 : 0;
                cell.Append(text[position]);
            }
            else if (position + 1 < text.Length && text[position + 1] == '"')
            {
                cell.Append(text[position++]);
            }
            else
            {
                position++;
                return position == text.Length || text[position] == separator || text[position] == '\n'
                    ? cell.ToString()
                    : throw new InputException($"{source}, line {line}, column {column}: '{text[position]}' stands between the closing quote and the next cell.");
            }
        }

        throw new InputException($"{source}, line {first}, column {column}: the quote is never closed.");
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Cells">Its cells, without quotes.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

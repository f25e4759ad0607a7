using RnnCompare.Cells;
using RnnCompare.Equations;
using RnnCompare.Equations.Language;

namespace RnnCompare.Experiments;

/// <summary>Finds the equations of a cell: of a name, or in a file.</summary>
public static class CellFile
{
    /// <summary>How the name of a file of equations ends.</summary>
    public const string Extension = ".cell";

    /// <summary>Whether a word is the name of a file of equations.</summary>
    public static bool IsFile(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.EndsWith(Extension, StringComparison.Ordinal);
    }

    /// <summary>The cell of a name, or of a file of equations.</summary>
    /// <exception cref="InputException">The file cannot be read or understood.</exception>
    public static RecurrentCell CellOf(string nameOrPath) => IsFile(nameOrPath) ? new EquationCell(Read(nameOrPath)) : CellTable.Named(nameOrPath);

    /// <summary>Reads the equations of a cell.</summary>
    /// <param name="nameOrPath">The name of a built-in cell, or the path of a text of equations.</param>
    /// <exception cref="InputException">There is no such cell and no such file, or its text cannot be understood; the message says where.</exception>
    public static CellEquations Read(string nameOrPath)
    {
        if (BuiltInCells.Names.Contains(nameOrPath))
        {
            return BuiltInCells.Named(nameOrPath);
        }

        if (!Path.Exists(nameOrPath) && !nameOrPath.Contains('.', StringComparison.Ordinal))
        {
            throw new InputException($"Unknown cell '{nameOrPath}', and no file has this name; known cells: {string.Join(", ", BuiltInCells.Names)}.");
        }

        try
        {
            return CellEquations.Parse(InputFile.ReadText(nameOrPath));
        }
        catch (EquationException e)
        {
            throw new InputException($"{nameOrPath}:{e.Message}", e);
        }
    }
}

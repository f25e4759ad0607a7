using RnnCompare.Equations;
using RnnCompare.Equations.Language;

namespace RnnCompare.Experiments.Equations;

/// <summary>Finds the equations of a cell: of a name, or in a file.</summary>
public static class CellFile
{
    /// <summary>Reads a cell.</summary>
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
            throw new InputException($"'{nameOrPath}' is no cell and no file; cells are {string.Join(", ", BuiltInCells.Names)}.");
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

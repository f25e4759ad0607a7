using System.Collections.Concurrent;
using System.Reflection;

namespace RnnCompare.Equations;

/// <summary>The equations of the cells that the manual engine has by hand; each is a file of this project.</summary>
public static class BuiltInCells
{
    private const string Extension = ".cell";

    private static readonly ConcurrentDictionary<string, CellEquations> Read = new();

    /// <summary>The names, in the order of help texts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. RnnCompare.Cells.CellTable.All.Select(cell => cell.Name)];

    /// <summary>The equations of a cell.</summary>
    /// <exception cref="ArgumentException">There is no such cell.</exception>
    public static CellEquations Named(string name)
    {
        return Read.GetOrAdd(name, static name =>
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + Extension)
                ?? throw new ArgumentException($"Unknown cell '{name}'; known: {string.Join(", ", Names)}.", nameof(name));
            using var reader = new StreamReader(stream);
            return CellEquations.Parse(reader.ReadToEnd());
        });
    }
}

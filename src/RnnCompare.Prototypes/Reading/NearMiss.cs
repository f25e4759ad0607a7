using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Says which network arrays could be if one or two more were there.</summary>
internal static class NearMiss
{
    private const int MostMissing = 2;

    /// <summary>The sentence; null where nothing comes near.</summary>
    public static string? Describe(NamedArrays arrays)
    {
        var cores = NameParts.Parse(ReadingChoice.WeightNames(arrays)).Where(part => part.Module != ModuleKind.Output).DistinctBy(part => part.Core).ToDictionary(part => part.Core, part => part.Array);
        var near = ((int, string)[])[(4, "an LSTM"), (3, "a GRU"), (1, "a network")];
        var best = near
            .SelectMany(cell => FormTable.All.Where(form => form.PerGate is not { } perGate || perGate == cell.Item1 > 1), (cell, form) => (Cell: cell.Item2, Needed: Needed(form, cell.Item1, cores)))
            .Select(candidate => (candidate.Cell, Present: candidate.Needed.Where(cores.ContainsKey).ToArray(), Missing: candidate.Needed.Where(core => !cores.ContainsKey(core)).ToArray()))
            .Where(candidate => candidate.Missing.Length <= MostMissing && candidate.Present.Length > candidate.Missing.Length)
            .OrderByDescending(candidate => candidate.Present.Length - candidate.Missing.Length)
            .FirstOrDefault();
        return best.Cell is null || best.Missing.Length == 0
            ? null
            : $"{string.Join(", ", best.Present.Select(core => cores[core]))} could be {best.Cell}, but {string.Join(" and ", best.Missing.Select(core => char.ToUpperInvariant(core[0]) + core[1..]))} {(best.Missing.Length == 1 ? "is" : "are")} missing";
    }

    // The matrices of a form; each gate under the letter of which most are there.
    private static string[] Needed(Form form, int gates, IReadOnlyDictionary<string, string> cores)
    {
        string[] patterns = form.States is null ? [form.Inputs] : [form.Inputs, form.States];
        IReadOnlyList<IReadOnlyList<string>> names = gates > 1 ? GateNames.Of(gates) : [[""]];
        return [.. names.SelectMany(letters => letters
            .Select(letter => patterns.Select(pattern => pattern.Replace("{g}", letter, StringComparison.Ordinal)).ToArray())
            .MaxBy(matrices => matrices.Count(cores.ContainsKey))!).Distinct()];
    }
}

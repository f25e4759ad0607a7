using RnnCompare.Cells;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Which cells a prototype can have, from what was said and from the shapes.</summary>
internal static class CellChoice
{
    private static readonly string Plain = RnnCell.Tanh.Family;
    private static readonly string Gru = GruCell.Instance.Family;

    /// <summary>The cells that fit; several only where nothing tells them apart.</summary>
    /// <param name="gates">G; null where the shapes do not tell.</param>
    /// <param name="candidateBias">Whether the arrays have a GRU candidate's bias (true), have no room for it (false), or leave it open (null).</param>
    /// <param name="options">What was said.</param>
    public static IReadOnlyList<RecurrentCell> Fitting(int? gates, bool? candidateBias, PrototypeOptions options)
    {
        var (name, activation, reset) = (options["cell"], options["activation"], options["gru_reset"]);
        List<RecurrentCell> cells =
        [
            .. CellTable.All.Where(cell => gates is null || cell.Gates.Count == gates)
                .Where(cell => name is null || name == cell.Name || name == cell.Family)
                .Where(cell => activation is null || activation == (cell.Family == Plain ? cell.Variant : RnnCell.Tanh.Variant))
                .Where(cell => reset is null || cell.Family != Gru || reset == cell.Variant),
        ];

        // Of cells with one activation, tanh is meant where nobody says another.
        if (cells.Contains(RnnCell.Tanh) && cells.TrueForAll(cell => cell.Gates.Count == RnnCell.Tanh.Gates.Count))
        {
            return [RnnCell.Tanh];
        }

        return cells.Count == 2 && cells.TrueForAll(cell => cell.Family == Gru) && (candidateBias ?? (name is null ? null : true)) is { } biased
            ? [.. cells.Where(cell => cell.HasCandidateBias == biased)]
            : cells;
    }
}

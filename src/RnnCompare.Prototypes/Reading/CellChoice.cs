using RnnCompare.Cells;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Which cells a prototype can have, from what was said and from the shapes.</summary>
internal static class CellChoice
{
    private const string Plain = "rnn";

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
                .Where(cell => name is null || name == cell.Name || name == Family(cell))
                .Where(cell => activation is null || activation == (cell is RnnCell ? cell.Name : RnnCell.Tanh.Name))
                .Where(cell => reset is null || !IsGru(cell) || reset == Reset(cell)),
        ];
        if (cells.Count == 2 && cells.TrueForAll(cell => cell is RnnCell))
        {
            return [RnnCell.Tanh];
        }

        if (cells.Count == 2 && cells.TrueForAll(IsGru) && (candidateBias ?? (name is null ? null : true)) is { } after)
        {
            return [after ? GruCell.Instance : GruResetBeforeCell.Instance];
        }

        return cells;
    }

    private static bool IsGru(RecurrentCell cell) => cell is GruCell or GruResetBeforeCell;

    private static string Reset(RecurrentCell cell) => cell is GruCell ? "after" : "before";

    private static string Family(RecurrentCell cell) => cell is RnnCell ? Plain : IsGru(cell) ? GruCell.Instance.Name : cell.Name;
}

namespace RnnCompare.Cells;

/// <summary>The cells that there are. A new cell is a file beside this one and a row here.</summary>
public static class CellTable
{
    /// <summary>Every cell, in the order of help texts.</summary>
    public static IReadOnlyList<RecurrentCell> All { get; } =
    [
        RnnCell.Tanh,
        RnnCell.Relu,
        LstmCell.Instance,
        GruCell.Instance,
        GruResetBeforeCell.Instance,
    ];

    /// <summary>The cell of a name such as <c>lstm</c>.</summary>
    /// <exception cref="ArgumentException">There is no such cell; the message lists those that exist.</exception>
    public static RecurrentCell Named(string name)
    {
        foreach (var cell in All)
        {
            if (cell.Name == name)
            {
                return cell;
            }
        }

        throw new ArgumentException($"Unknown cell '{name}'; known: {string.Join(", ", All)}.", nameof(name));
    }
}

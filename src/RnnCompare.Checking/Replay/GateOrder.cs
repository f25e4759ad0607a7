using RnnCompare.Cells;

namespace RnnCompare.Checking.Replay;

/// <summary>Another order of the stacked gates.</summary>
/// <param name="Name">The gates' letters in that order, for example <c>ifog</c>.</param>
internal sealed record GateOrder(string Name)
{
    /// <summary>For each place in this order, the gate's index in the cell's own order.</summary>
    /// <param name="gates">The gates in the cell's own order.</param>
    public int[] Sources(IReadOnlyList<Gate> gates)
    {
        var sources = new int[gates.Count];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = gates.ToList().FindIndex(gate => gate.Name == Name[i].ToString());
        }

        return sources;
    }
}

namespace RnnCompare.Models.Initialization;

/// <summary>What is initialised at once: one gate's part of a weight matrix or of a bias.</summary>
/// <param name="Rows">The rows: the units that the block feeds, or 1 for a bias.</param>
/// <param name="Columns">The columns: the units that feed it, or the elements of a bias.</param>
/// <param name="FanIn">The inputs of one unit of the layer that the block belongs to.</param>
/// <param name="FanOut">The units of that layer.</param>
public readonly record struct WeightBlock(int Rows, int Columns, int FanIn, int FanOut)
{
    /// <summary>One gate's matrix.</summary>
    internal static WeightBlock Matrix(int rows, int columns) => new(rows, columns, columns, rows);
}

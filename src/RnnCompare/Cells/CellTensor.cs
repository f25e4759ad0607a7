namespace RnnCompare.Cells;

/// <summary>A tensor of a cell.</summary>
/// <param name="Name">Its name without layer and direction.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Blocks">What lies in it one after the other: the gates' parts, each initialised on its own.</param>
public sealed record CellTensor(string Name, IReadOnlyList<int> Shape, IReadOnlyList<CellBlock> Blocks);

/// <summary>A gate's part of a tensor.</summary>
/// <param name="Rows">Its rows; 1 for a vector.</param>
/// <param name="Columns">Its columns, or the elements of a vector.</param>
/// <param name="FanIn">The inputs of one unit that it feeds.</param>
/// <param name="FanOut">The units that it feeds.</param>
public readonly record struct CellBlock(int Rows, int Columns, int FanIn, int FanOut)
{
    /// <summary>Whether it is a matrix; otherwise it is a vector or a number.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>Whether a matrix is multiplied with the input of the layer.</summary>
    public bool ReadsInput { get; init; }

    /// <summary>Whether a unit that is fed is a column, as in x·W; otherwise it is a row.</summary>
    public bool UnitsAreColumns { get; init; }

    /// <summary>Whether it is the bias of the gate that decides how much of the last cell state is kept.</summary>
    public bool IsForgetBias { get; init; }

    /// <summary>The number from which every element starts; null where an initializer decides.</summary>
    public double? Initial { get; init; }

    /// <summary>A matrix with a row for each unit that it feeds.</summary>
    internal static CellBlock Matrix(int units, int inputs) => new(units, inputs, inputs, units) { IsMatrix = true };

    /// <summary>The bias that goes with a matrix.</summary>
    internal CellBlock Bias() => new(1, FanOut, FanIn, FanOut);
}

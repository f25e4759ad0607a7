using RnnCompare.Cells;
using RnnCompare.Equations;

namespace RnnCompare.Experiments.Migration;

/// <summary>What a cell becomes in a migrated project.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Template">The template of its model.</param>
/// <param name="Layer">What the model consists of, in words.</param>
internal sealed record MigratedCell(RecurrentCell Cell, string Template, string Layer)
{
    /// <summary>Whether the layer has a second bias, which stays zero where the prototype has one only.</summary>
    public bool HasSecondBias { get; init; } = true;

    /// <summary>Further constants of the template.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>The equations, where they are what the model computes; null for a template of the cell's own.</summary>
    public CellEquations? Equations { get; init; }

    /// <summary>The cells with a template of their own; those of equations, and any other, have one together. A new one is a row, and a template if no other fits.</summary>
    public static IReadOnlyList<MigratedCell> All { get; } =
    [
        new(RnnCell.Tanh, "Models/Rnn.cs", "nn.RNN with tanh"),
        new(RnnCell.Relu, "Models/Rnn.cs", "nn.RNN with relu") { Constants = new Dictionary<string, string> { ["Activation"] = "nn.NonLinearities.ReLU" } },
        new(LstmCell.Instance, "Models/Lstm.cs", "nn.LSTM"),
        new(GruCell.Instance, "Models/Gru.cs", "nn.GRU"),
        new(GruResetBeforeCell.Instance, "Models/GruResetBefore.cs", "an explicit loop, since nn.GRU applies its reset gate after the recurrent product") { HasSecondBias = false },
    ];

    private const string Stated = "Models/Equations.cs";

    /// <summary>The templates of models.</summary>
    public static IEnumerable<string> Templates => All.Select(row => row.Template).Append(Stated).Distinct();

    /// <summary>The row of a cell.</summary>
    public static MigratedCell Of(RecurrentCell cell)
    {
        return All.FirstOrDefault(row => row.Cell == cell)
            ?? new(cell, Stated, $"an explicit loop over the equations of {cell}") { HasSecondBias = false, Equations = EquationCell.EquationsOf(cell) };
    }
}

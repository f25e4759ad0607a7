using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Language;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Running;

/// <summary>The programs of a network: one for each layer and direction, and one for the read-out. Edited ones may stand in any place.</summary>
/// <param name="Layers">In the order of <see cref="RnnState{T}"/>: layer 0 forward, layer 0 reverse, layer 1 forward, …</param>
/// <param name="ReadOut">The read-out and the loss.</param>
public sealed record NetworkPrograms(ValueList<StepProgram> Layers, StepProgram ReadOut)
{
    /// <summary>Whether the carries that leave the first step of a layer and direction enter the last step of the next, as they do where nobody sets them to zero in between. No network is written so; edits are.</summary>
    public bool KeepsCarries { get; init; }

    /// <summary>The letter for what the read-out reads: the states of both directions.</summary>
    public static Dimension Features { get; } = Dimension.Letter("F");

    /// <summary>The programs that follow from the equations of a network's cell.</summary>
    /// <exception cref="NotSupportedException">The cell has no equations.</exception>
    /// <exception cref="EquationException">The network's sizes do not fit them.</exception>
    public static NetworkPrograms Of(RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var equations = EquationCell.EquationsOf(spec.Cell);
        equations.RequireSizes(spec);
        var readOut = new ReadOut(equations.States[0].Name, TensorNames.Why, TensorNames.By, IsRow: true, IsTransposed: true);
        return new([.. Enumerable.Repeat(equations.Step, spec.Layers * spec.Directions)], LossStatements.Of(readOut, spec.Loss, Features));
    }
}

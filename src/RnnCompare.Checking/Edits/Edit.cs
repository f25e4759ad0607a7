using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Checking.Edits;

/// <summary>Statements of the backward pass, typed otherwise.</summary>
/// <param name="Kind">What kind of slip it is.</param>
/// <param name="Layers">The layers and directions whose program it changes, or none for the read-out's.</param>
/// <param name="Right">The statements as they should be.</param>
/// <param name="Wrong">The same statements as they were typed.</param>
internal sealed record Edit(string Kind, IReadOnlyList<int> Layers, IReadOnlyList<Statement> Right, IReadOnlyList<Statement> Wrong)
{
    /// <summary>Whether the read-out is edited.</summary>
    public bool IsReadOut => Layers.Count == 0;

    /// <summary>The names that the statements write.</summary>
    public IEnumerable<string> Names => Right.Select(statement => statement.Name);

    /// <summary>The programs with this edit.</summary>
    public NetworkPrograms Apply(NetworkPrograms programs)
    {
        if (IsReadOut)
        {
            return programs with { ReadOut = Edited(programs.ReadOut) };
        }

        var layers = programs.Layers;
        foreach (var layer in Layers)
        {
            layers = layers.With(layer, Edited(layers[layer]));
        }

        return programs with { Layers = layers };
    }

    private StepProgram Edited(StepProgram program) => Wrong.Aggregate(program, (edited, statement) => edited.With(statement));
}

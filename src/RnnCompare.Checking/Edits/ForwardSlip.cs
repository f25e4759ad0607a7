using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Checking.Edits;

/// <summary>A slip in the forward pass that reproduces what a program computed there.</summary>
/// <param name="Edit">The slip.</param>
/// <param name="Programs">The programs with it: behind it the backward pass of what is right, or the one that follows from what was typed.</param>
/// <param name="Residual">The largest distance of the forward pass that is left, in noise floors.</param>
internal sealed record ForwardSlip(Edit Edit, NetworkPrograms Programs, double Residual)
{
    // A forward and a backward pass cost so many times what a backward pass alone costs.
    private const double Runs = 1.5;

    /// <summary>Every such slip, the likeliest first.</summary>
    /// <param name="evidence">What the program claims, what is right, and what rounding costs.</param>
    public static IReadOnlyList<ForwardSlip> Find(Evidence evidence)
    {
        var prototype = evidence.Prototype;
        string[] names = [.. evidence.Names.Where(Evidence.IsForward)];
        var equations = EquationCell.EquationsOf(prototype.Weights.Spec.Cell);
        var pass = new EditedPass<double>(prototype.Weights, prototype.Batch);
        Edit[] edits = [.. new ProgramEdits(equations, layer => new(pass.Letters(layer), prototype.Batch.Steps, prototype.Batch.BatchSize)).OfForward(pass.Programs).OrderBy(edit => edit.Rank)];
        return
        [
            .. edits.Take(EditSearch.AffordableOf(edits.Length, prototype, Runs * pass.Cost)).AsParallel().AsOrdered()
                .Select(edit => new ForwardSlip(edit, edit.Apply(pass.Programs), Distance(edit.Apply(pass.Programs))))
                .Where(slip => slip.Residual <= Evidence.Limit)
                .SelectMany(slip => Following(slip.Programs, equations) is { } following ? (ForwardSlip[])[slip, slip with { Programs = following }] : [slip]),
        ];

        double Distance(NetworkPrograms programs)
        {
            using var engine = new EquationsEngine<double>(prototype.Weights, programs: programs);
            var values = TensorSet.Of(engine, pass.Batch);
            return names.Max(name => evidence.Residual(name, values.Find(name)!));
        }
    }

    // The backward pass that follows from what was typed in the layers; null where nobody would derive one.
    private static NetworkPrograms? Following(NetworkPrograms programs, CellEquations equations)
    {
        var layers = programs.Layers.Select(layer => layer.Forward.All(IsPlain) ? equations.Derive(layer.Forward) : null).ToArray();
        return layers.Contains(null) ? null : programs with { Layers = [.. layers.OfType<StepProgram>()] };

        bool IsPlain(Statement statement)
        {
            return statement.Value.Parts().All(part => part switch
            {
                Selected or RunningSum or Reindexed or ReadMatrix => false,
                Reference reference => reference.Beside == 0 && (reference.Shift == 0 || equations.States.Any(state => state.Name == reference.Name)),
                _ => true,
            });
        }
    }
}

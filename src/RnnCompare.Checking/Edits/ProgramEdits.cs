using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Checking.Edits;

/// <summary>Every edit of the backward programs of a network.</summary>
/// <param name="equations">The cell.</param>
/// <param name="lettersOf">The letters of shapes of a layer's program; −1 is the read-out's.</param>
/// <param name="factors">Numbers by which values are multiplied by mistake.</param>
internal sealed class ProgramEdits(CellEquations equations, Func<int, IReadOnlyDictionary<string, int>> lettersOf, IReadOnlyList<double> factors)
{
    /// <summary>The edits, each once: of the read-out, of all layers alike, of one layer.</summary>
    public IEnumerable<Edit> Of(NetworkPrograms programs)
    {
        int[] all = [.. Enumerable.Range(0, programs.Layers.Count)];
        var layers = Typed(programs.Layers[^1], all);
        var edits = EditsOf(Typed(programs.ReadOut, [])).Concat(EditsOf(layers));
        if (all.Length > 1)
        {
            edits = edits.Concat(all.SelectMany(layer => EditsOf(Typed(programs.Layers[layer], [layer]))));
        }

        edits = edits.Concat(OfBothSums(Typed(programs.ReadOut, []), layers));
        var seen = new HashSet<string>();
        return edits.Where(edit => seen.Add(string.Join(" / ", edit.Parts)));
    }

    private TypedProgram Typed(StepProgram program, int[] layers) => new(program, layers, [.. layers.DefaultIfEmpty(-1).Select(layer => new Sizes(program.Scope, lettersOf(layer)))]);

    // A loop over the steps in which the gradients of both programs are summed up, or those but the ones that read the step before.
    private static IEnumerable<Edit> OfBothSums(TypedProgram readOut, TypedProgram layers)
    {
        Statement[] outer = [.. readOut.Program.Backward.Where(statement => statement.Adds)], inner = [.. layers.Program.Backward.Where(statement => statement.Adds)];
        foreach (var family in (Statement[][])[inner, [.. inner.Where(statement => !ReadsBefore(statement))]])
        {
            foreach (var rewrite in StatementRewrites.OfSums())
            {
                if (readOut.Part(outer, rewrite) is { } first && layers.Part(family, rewrite) is { } second)
                {
                    yield return new(rewrite.Kind, [first, second]);
                }
            }
        }

        static bool ReadsBefore(Statement statement) => statement.Value.Parts().Any(part => part is Reference { Shift: -1 });
    }

    private IEnumerable<Edit> EditsOf(TypedProgram typed)
    {
        var program = typed.Program;
        var rewrites = new StatementRewrites(program, lettersOf(typed.Layers.LastOrDefault(-1)), factors);
        var values = program.Backward.SelectMany(statement => statement.Value.Parts()).OfType<Reference>().Where(IsForward).Distinct();
        return
        [
            .. program.Backward.SelectMany(statement => Edits([statement], rewrites.Of(statement))),
            .. values.SelectMany(value => program.Backward.Where(statement => statement.Value.Parts().Contains(value)).ToArray() is { Length: > 1 } readers ? Edits(readers, rewrites.OfValue(value)) : []),
            .. Families(program).Where(family => family.Count > 1).SelectMany(family => Edits(family, rewrites.Of(family[0]))),
        ];

        IEnumerable<Edit> Edits(IReadOnlyList<Statement> statements, IEnumerable<Rewrite> all)
        {
            return all.Select(rewrite => typed.Part(statements, rewrite) is { } part ? new Edit(rewrite.Kind, [part]) : null).OfType<Edit>();
        }

        bool IsForward(Reference reference) => program.Scope[reference.Name].Role is VariableRole.Input or VariableRole.State or VariableRole.Value;
    }

    // Statements that people write as one: the gates' blocks of a gradient, all gradients of a loop, the deltas of all gates. Some are one statement, or none.
    private IEnumerable<IReadOnlyList<Statement>> Families(StepProgram program)
    {
        Statement[] gradients = OfRole(VariableRole.Gradient), carries = OfRole(VariableRole.Carry);
        foreach (var stack in equations.Stacks)
        {
            yield return [.. gradients.Where(statement => stack.Parts.Any(part => statement.Name == AdjointNames.Of(part)))];
        }

        // A matrix of a gate for inputs and states together, with its bias and without.
        foreach (var gate in gradients.GroupBy(statement => statement.Value.Parts().OfType<Reference>().FirstOrDefault(IsAdjoint)?.Name))
        {
            yield return [.. gate];
            yield return [.. gate.Where(statement => statement.Value is MatrixProduct)];
        }

        yield return gradients;

        // What reads the deltas for the inputs' side alone.
        Statement[] deltasAndInputs = [.. gradients.Where(statement => statement.Value is BatchSum || statement.Value.Parts().Any(part => part is Reference { Name: Scope.Input }))];
        yield return deltasAndInputs;
        yield return [.. deltasAndInputs, .. program.Backward.Where(statement => statement.Name == AdjointNames.Of(Scope.Input))];
        yield return carries;

        // The deltas: what the gradients of biases sum up.
        var names = gradients.Select(statement => statement.Value).OfType<BatchSum>().Select(sum => sum.Operand).OfType<Reference>().Select(reference => reference.Name).ToHashSet();
        Statement[] deltas = [.. program.Backward.Where(statement => names.Contains(statement.Name))];
        yield return deltas;
        yield return deltas.Length > 1 ? [.. deltas, .. carries] : [];

        Statement[] OfRole(VariableRole role) => [.. program.Backward.Where(statement => program.Scope[statement.Name].Role == role)];

        bool IsAdjoint(Reference reference) => program.Scope[reference.Name].Role == VariableRole.Adjoint;
    }

    // A program, whose it is, and what fits in it.
    private sealed record TypedProgram(StepProgram Program, IReadOnlyList<int> Layers, IReadOnlyList<Sizes> Sizes)
    {
        // Statements typed otherwise; null where that is nothing that could be computed, or nothing else.
        public EditPart? Part(IReadOnlyList<Statement> right, Rewrite rewrite)
        {
            Statement?[] wrong = [.. right.Select(rewrite.Apply)];
            return wrong.Contains(null) || wrong.SequenceEqual(right) || !wrong.All(statement => Sizes.All(sizes => sizes.Fit(statement!))) ? null : new(Layers, right, [.. wrong.OfType<Statement>()]);
        }
    }
}

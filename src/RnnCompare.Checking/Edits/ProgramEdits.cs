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
    /// <summary>The edits, each once: of the read-out, of one layer, of all layers alike.</summary>
    public IEnumerable<Edit> Of(NetworkPrograms programs)
    {
        int[] all = [.. Enumerable.Range(0, programs.Layers.Count)];
        var edits = EditsOf(programs.ReadOut, [], lettersOf(-1)).Concat(EditsOf(programs.Layers[^1], all, lettersOf(all[^1])));
        if (all.Length > 1)
        {
            edits = edits.Concat(all.SelectMany(layer => EditsOf(programs.Layers[layer], [layer], lettersOf(layer))));
        }

        edits = edits.Concat(OfBothSums(programs, all));
        var seen = new HashSet<string>();
        return edits.Where(edit => seen.Add(Key(edit)));
    }

    private static string Key(Edit edit) => string.Join(" / ", edit.Parts);

    // A loop over the steps in which the gradients of both programs are summed up.
    private static IEnumerable<Edit> OfBothSums(NetworkPrograms programs, int[] layers)
    {
        Statement[] outer = [.. programs.ReadOut.Backward.Where(statement => statement.Adds)], inner = [.. programs.Layers[layers[0]].Backward.Where(statement => statement.Adds)];
        foreach (var family in (Statement[][])[inner, [.. inner.Where(statement => !ReadsBefore(statement))]])
        {
            foreach (var rewrite in Rewrites.OfSums())
            {
                yield return new(rewrite.Kind, [Part([], outer), Part(layers, family)]);

                EditPart Part(int[] where, Statement[] right) => new(where, right, [.. right.Select(statement => rewrite.Apply(statement)!)]);
            }
        }

        static bool ReadsBefore(Statement statement) => statement.Value.Parts().Any(part => part is Reference { Shift: -1 });
    }

    private IEnumerable<Edit> EditsOf(StepProgram program, int[] layers, IReadOnlyDictionary<string, int> letters)
    {
        Sizes[] sizes = [.. (layers.Length == 0 ? [-1] : layers).Select(layer => new Sizes(program.Scope, lettersOf(layer)))];
        var rewrites = new Rewrites(program, letters, factors);
        foreach (var statement in program.Backward)
        {
            foreach (var edit in rewrites.Of(statement).Concat(OfAllProducts(statement, rewrites)))
            {
                if (Edited([statement], edit) is { } made)
                {
                    yield return made;
                }
            }
        }

        foreach (var value in program.Backward.SelectMany(statement => statement.Value.Parts()).OfType<Reference>().Where(IsForward).Distinct())
        {
            Statement[] readers = [.. program.Backward.Where(statement => statement.Value.Parts().Contains(value))];
            foreach (var rewrite in readers.Length > 1 ? rewrites.OfValue(value) : [])
            {
                if (Edited(readers, rewrite) is { } made)
                {
                    yield return made;
                }
            }
        }

        bool IsForward(Reference reference) => program.Scope[reference.Name].Role is VariableRole.Input or VariableRole.State or VariableRole.Value;

        foreach (var family in Families(program))
        {
            foreach (var rewrite in rewrites.Of(family[0]))
            {
                if (Edited(family, rewrite) is { } made)
                {
                    yield return made;
                }
            }
        }

        Edit? Edited(IReadOnlyList<Statement> right, Rewrite rewrite)
        {
            Statement?[] wrong = [.. right.Select(rewrite.Apply)];
            return wrong.Contains(null) || wrong.SequenceEqual(right) || !wrong.All(statement => sizes.All(size => size.Fit(statement!))) ? null : new(rewrite.Kind, [new(layers, right, [.. wrong.OfType<Statement>()])]);
        }
    }

    // The same slip in the product of every gate, which people write as one.
    private static IEnumerable<Rewrite> OfAllProducts(Statement statement, Rewrites rewrites)
    {
        if (statement.Value is not Sum { Terms: var terms } || Enumerable.Range(0, terms.Count).Where(i => terms[i].Value is MatrixProduct).ToArray() is not { Length: > 1 } products)
        {
            yield break;
        }

        foreach (var rewrite in rewrites.OfParts(terms[products[0]].Value, []))
        {
            yield return new(rewrite.Kind, other => other.Value is Sum sum && sum.Terms.Count == terms.Count ? Each(other, sum, rewrite) : null);
        }

        Statement? Each(Statement other, Sum sum, Rewrite rewrite)
        {
            var changed = sum.Terms;
            foreach (var i in products)
            {
                if (rewrite.Apply(other with { Value = changed[i].Value }) is not { } term)
                {
                    return null;
                }

                changed = changed.With(i, changed[i] with { Value = term.Value });
            }

            return other with { Value = new Sum(changed) };
        }
    }

    private static string? DeltaOf(Statement statement)
    {
        return statement.Value.Parts().OfType<Reference>().FirstOrDefault(reference => reference.Name.StartsWith('d'))?.Name;
    }

    // Statements that people write as one: the gates' blocks of a gradient, all gradients of a loop, the deltas of all gates.
    private IEnumerable<IReadOnlyList<Statement>> Families(StepProgram program)
    {
        Statement[] gradients = [.. program.Backward.Where(statement => program.Scope[statement.Name].Role == VariableRole.Gradient)];
        foreach (var stack in equations.Stacks)
        {
            Statement[] blocks = [.. gradients.Where(statement => stack.Parts.Any(part => statement.Name == AdjointNames.Of(part)))];
            if (blocks.Length > 1)
            {
                yield return blocks;
            }
        }

        // A matrix of a gate for inputs and states together, with its bias and without.
        foreach (var gate in gradients.GroupBy(DeltaOf).Where(gate => gate.Count() > 1))
        {
            yield return [.. gate];
            yield return [.. gate.Where(statement => statement.Value is MatrixProduct)];
        }

        yield return gradients;

        // What reads the deltas for the inputs' side alone.
        Statement[] deltasAndInputs = [.. gradients.Where(statement => statement.Value is BatchSum || statement.Value.Parts().Any(part => part is Reference { Name: "x" }))];
        yield return deltasAndInputs;
        yield return [.. deltasAndInputs, .. program.Backward.Where(statement => statement.Name == AdjointNames.Of("x"))];
        Statement[] carries = [.. program.Backward.Where(statement => program.Scope[statement.Name].Role == VariableRole.Carry)];
        if (carries.Length > 1)
        {
            yield return carries;
        }

        // The deltas: what the gradients of biases sum up.
        var names = gradients.Select(statement => statement.Value).OfType<BatchSum>().Select(sum => sum.Operand).OfType<Reference>().Select(reference => reference.Name).ToHashSet();
        Statement[] deltas = [.. program.Backward.Where(statement => names.Contains(statement.Name))];
        if (deltas.Length > 1)
        {
            yield return deltas;
            yield return [.. deltas, .. carries];
        }
    }
}

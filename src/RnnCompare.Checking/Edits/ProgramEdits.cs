using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Checking.Edits;

/// <summary>Every edit of the backward programs of a network.</summary>
/// <param name="equations">The cell.</param>
/// <param name="extentsOf">The lengths of the loops of a layer's program; −1 is the read-out's.</param>
internal sealed class ProgramEdits(CellEquations equations, Func<int, Extents> extentsOf)
{
    /// <summary>The edits, each once: of the read-out, of all layers alike, of one layer.</summary>
    public IEnumerable<Edit> Of(NetworkPrograms programs)
    {
        int[] all = [.. Enumerable.Range(0, programs.Layers.Count)];
        var layers = Typed(programs.Layers[^1], all);
        var edits = EditsOf(Typed(programs.ReadOut, [])).Concat(EditsOf(layers));
        if (all.Length > 1)
        {
            edits = edits.Concat(all.SelectMany(layer => EditsOf(Typed(programs.Layers[layer], [layer])).Concat(OfWholeLayer(Typed(programs.Layers[layer], [layer])))));
        }

        string[] carries = [.. programs.Layers[0].Scope.Variables.Where(variable => variable.Role == VariableRole.Carry).Select(variable => variable.Name)];
        if (all.Length > 1 && carries.Length > 0)
        {
            edits = edits.Append(new(SlipKinds.Stale, [], carries));
        }

        edits = edits.Concat(OfBothSums(Typed(programs.ReadOut, []), layers));
        var seen = new HashSet<string>();
        return edits.Where(edit => seen.Add(string.Join(" / ", [.. edit.Parts, .. edit.KeptCarries])));
    }

    /// <summary>The edits of the forward pass, each once: of the read-out, of all layers alike, of one layer.</summary>
    public IEnumerable<Edit> OfForward(NetworkPrograms programs)
    {
        int[] all = [.. Enumerable.Range(0, programs.Layers.Count)];
        var typed = all.Length > 1 ? all.Select(layer => Typed(programs.Layers[layer], [layer])) : [];
        var seen = new HashSet<string>();
        return typed.Prepend(Typed(programs.Layers[^1], all)).Prepend(Typed(programs.ReadOut, [])).SelectMany(OfForward).Where(edit => seen.Add(string.Join(" / ", edit.Parts)));
    }

    private IEnumerable<Edit> OfForward(TypedProgram typed)
    {
        var (program, rewrites) = (typed.Program, new StatementRewrites(typed.Program, extentsOf(typed.Layers.LastOrDefault(-1))));
        Statement[] gates = [.. program.Forward.Where(statement => statement.Value.Parts().Any(part => part is MatrixProduct))];
        return program.Forward.Select(statement => (Statement[])[statement]).Append(gates).SelectMany(family => family.Length == 0 ? [] : rewrites.OfForward(family[0])
            .Select(rewrite => typed.Part(family, rewrite) is { } part ? new Edit(rewrite.Kind, [part]) { IsForward = true } : null)).OfType<Edit>();
    }

    private TypedProgram Typed(StepProgram program, int[] layers) => new(program, layers, [.. layers.DefaultIfEmpty(-1).Select(layer => new Sizes(program.Scope, extentsOf(layer)))]);

    // A loop over the steps in which the gradients of both programs are summed up, or those but the ones that read the step before.
    private IEnumerable<Edit> OfBothSums(TypedProgram readOut, TypedProgram layers)
    {
        Statement[] outer = [.. readOut.Program.Backward.Where(statement => statement.Adds)], inner = [.. layers.Program.Backward.Where(statement => statement.Adds)];
        Statement[] loop = [.. inner, .. layers.Program.Backward.Where(statement => statement.Name == AdjointNames.Of(Scope.Input) || layers.Program.Scope[statement.Name].Role == VariableRole.Carry)];
        var rewrites = new StatementRewrites(layers.Program, extentsOf(layers.Layers[^1]));
        return
        [
            .. StatementRewrites.OfSums().SelectMany(rewrite => ((Statement[][])[inner, [.. inner.Where(statement => !ReadsBefore(statement))]]).Select(family => Both(family, rewrite))).OfType<Edit>(),
            .. rewrites.OfWholeLoop().SelectMany(rewrite => (Edit?[])[Both(loop, rewrite), layers.Part(loop, rewrite) is { } part ? new(rewrite.Kind, [part]) : null]).OfType<Edit>(),
        ];

        Edit? Both(Statement[] family, Rewrite rewrite) => readOut.Part(outer, rewrite) is { } first && layers.Part(family, rewrite) is { } second ? new(rewrite.Kind, [first, second]) : null;

        static bool ReadsBefore(Statement statement) => statement.Value.Parts().Any(part => part is Reference { Shift: -1 });
    }

    // A loop over the layers that leaves one out: what comes from above goes on below.
    private IEnumerable<Edit> OfWholeLayer(TypedProgram typed)
    {
        var program = typed.Program;
        var (dx, arriving) = (AdjointNames.Of(Scope.Input), new Reference(AdjointNames.Out(equations.States[0].Name)));
        Statement[] all = [.. program.Backward.Where(statement => statement.Name == dx || program.Scope[statement.Name].Role is VariableRole.Gradient or VariableRole.Carry)];
        var leftOut = new Rewrite(SlipKinds.LeftOut, statement => statement with { Value = statement.Name == dx ? arriving : new Times([new Number(0), statement.Value]) });
        return typed.Part(all, leftOut) is { } part ? [new(leftOut.Kind, [part])] : [];
    }

    private IEnumerable<Edit> EditsOf(TypedProgram typed)
    {
        var program = typed.Program;
        var rewrites = new StatementRewrites(program, extentsOf(typed.Layers.LastOrDefault(-1)));
        var values = program.Backward.SelectMany(statement => statement.Value.Parts()).OfType<Reference>().Where(IsForward).Distinct();
        return
        [
            .. program.Backward.SelectMany(statement => Edits([statement], rewrites.Of(statement))),
            .. values.SelectMany(value => program.Backward.Where(statement => statement.Value.Parts().Contains(value)).ToArray() is { Length: > 1 } readers ? Edits(readers, rewrites.OfValue(value)) : []),
            .. Families(program).Where(family => family.Count > 1).SelectMany(family => Edits(family, rewrites.Of(family[0]))),
            .. Misdirected(typed),
            .. Subsets(Deltas(program)).SelectMany(some => Edits(LoopOverStates(program, some), StatementRewrites.OfLoopOverStates(some))),
            .. Copies(program).SelectMany(copy => Edits(copy.Readers, rewrites.OfCopies(copy.Deltas))),
        ];

        IEnumerable<Edit> Edits(IReadOnlyList<Statement> statements, IEnumerable<Rewrite> all)
        {
            return all.Select(rewrite => typed.Part(statements, rewrite) is { } part ? new Edit(rewrite.Kind, [part]) : null).OfType<Edit>();
        }

        bool IsForward(Reference reference) => program.Scope[reference.Name].Role is VariableRole.Input or VariableRole.State or VariableRole.Value;
    }

    // A sum that is added to another's array.
    private static IEnumerable<Edit> Misdirected(TypedProgram typed)
    {
        Statement[] sums = [.. typed.Program.Backward.Where(statement => statement.Adds)];
        foreach (var lost in sums)
        {
            foreach (var other in sums.Where(other => other != lost && (lost.Value is BatchSum) == (other.Value is BatchSum)))
            {
                var slip = new Rewrite(SlipKinds.Name, statement => statement with { Value = statement == lost ? new Times([new Number(0), lost.Value]) : new Sum([new(other.Value), new(lost.Value)]) });
                if (typed.Part([lost, other], slip) is { } part)
                {
                    yield return new(slip.Kind, [part]);
                }
            }
        }
    }

    // What one loop over the elements of a state computes of some deltas.
    private static Statement[] LoopOverStates(StepProgram program, IReadOnlyCollection<string> deltas)
    {
        return
        [
            .. program.Backward.Where(statement => !ReadsInputs(statement) && statement.Name != AdjointNames.Of(Scope.Input)
                && statement.Value.Parts().OfType<MatrixProduct>().Any(product => product.Parts().Any(part => part is Reference { Shift: 0 } reference && deltas.Contains(reference.Name)))),
        ];
    }

    private static IEnumerable<IReadOnlyCollection<string>> Subsets(HashSet<string> names) => ExpressionRewrites.Subsets(names.Count).Select(some => (string[])[.. some.Select(names.ElementAt)]).Append([.. names]);

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
        Statement[] deltasAndInputs = [.. gradients.Where(statement => IsOfInputs(program, statement))];
        yield return deltasAndInputs;
        yield return [.. deltasAndInputs, .. program.Backward.Where(statement => statement.Name == AdjointNames.Of(Scope.Input))];
        yield return carries;

        var names = Deltas(program);
        Statement[] deltas = [.. program.Backward.Where(statement => names.Contains(statement.Name))];
        yield return deltas;
        yield return deltas.Length > 1 ? [.. deltas, .. carries] : [];

        Statement[] OfRole(VariableRole role) => [.. program.Backward.Where(statement => program.Scope[statement.Name].Role == role)];

        bool IsAdjoint(Reference reference) => program.Scope[reference.Name].Role == VariableRole.Adjoint;
    }

    // Deltas that are copied, all or one, for what reads them: on the side of the inputs, of the states, on both, and where another delta is a multiple of them.
    private static IEnumerable<(IReadOnlyCollection<string> Deltas, IReadOnlyList<Statement> Readers)> Copies(StepProgram program)
    {
        var names = Deltas(program);
        Statement[] readers = [.. program.Backward.Where(statement => statement.Name == AdjointNames.Of(Scope.Input) || program.Scope[statement.Name].Role is VariableRole.Gradient or VariableRole.Carry)];
        Statement[][] sides =
        [
            .. readers.GroupBy(statement => statement.Name == AdjointNames.Of(Scope.Input) || IsOfInputs(program, statement)).Select(side => side.ToArray()),
            readers,
            .. program.Backward.Where(statement => names.Contains(statement.Name)).Select(multiple => (Statement[])[multiple, .. readers]),
        ];
        foreach (var copied in names.Select(name => (string[])[name]).Append([.. names]))
        {
            foreach (var side in sides)
            {
                yield return (copied, [.. side.Where(statement => statement.Value.Parts().Any(part => part is Reference { Shift: 0 } reference && copied.Contains(reference.Name)))]);
            }
        }
    }

    // What the gradients of biases sum up.
    private static HashSet<string> Deltas(StepProgram program)
    {
        return [.. program.Backward.Where(statement => statement.Adds).Select(statement => statement.Value).OfType<BatchSum>().Select(sum => sum.Operand).OfType<Reference>().Select(reference => reference.Name)];
    }

    // Whether a gradient is one of the weights of inputs, or of their bias.
    private static bool IsOfInputs(StepProgram program, Statement gradient)
    {
        return ReadsInputs(gradient) || (gradient.Value is BatchSum { Operand: Reference delta } && program.Backward.Any(other => other.Adds && ReadsInputs(other) && other.Value.Parts().Contains(delta)));
    }

    private static bool ReadsInputs(Statement statement) => statement.Value.Parts().Any(part => part is Reference { Name: Scope.Input });

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

using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>Every way in which a statement may be typed otherwise.</summary>
/// <param name="program">The program.</param>
/// <param name="extents">The lengths of its loops.</param>
internal sealed class StatementRewrites(StepProgram program, Extents extents)
{
    private readonly Scope _scope = program.Scope;

    /// <summary>The rewrites of a statement: of every expression in it, and of the whole.</summary>
    public IEnumerable<Rewrite> Of(Statement statement)
    {
        var expressions = ExpressionsOf(statement, isForward: false);
        return expressions.OfParts(statement.Value, []).Concat(OfWhole(statement, expressions)).Concat(OfAllProducts(statement, expressions));
    }

    /// <summary>The rewrites of a statement of the forward pass.</summary>
    public IEnumerable<Rewrite> OfForward(Statement statement)
    {
        var expressions = ExpressionsOf(statement, isForward: true);
        return expressions.OfParts(statement.Value, []).Concat(OfAllProducts(statement, expressions)).Append(new(SlipKinds.LeftOut, other => other with { Value = new Times([new Number(0), other.Value]) }));
    }

    /// <summary>The rewrites of a value wherever the backward pass reads it: a slip where it is taken from the forward pass.</summary>
    public IEnumerable<Rewrite> OfValue(Reference reference)
    {
        IEnumerable<(string Kind, Func<Reference, Expression> Typed)> slips = [.. new ExpressionRewrites(program, isForward: false, 0, extents).InPlaceOf(reference), (SlipKinds.Sign, Negated)];
        return slips.Select(slip => new Rewrite(slip.Kind, statement => statement with { Value = statement.Value.Replace(part => part.Equals(reference) ? slip.Typed(reference) : part as Reindexed) }));
    }

    /// <summary>The rewrites of deltas wherever some statements read them: a slip in a copy of them that serves these statements.</summary>
    /// <param name="deltas">The deltas.</param>
    public IEnumerable<Rewrite> OfCopies(IReadOnlyCollection<string> deltas)
    {
        (string, Func<Expression, Expression>)[] slips =
        [
            (SlipKinds.Sign, Negated),
            (SlipKinds.LeftOut, delta => new Times([new Number(0), delta])),
            .. extents.Factors.Select(factor => (SlipKinds.Scaled, (Func<Expression, Expression>)(delta => new Times([new Number(factor), delta])))),
            .. ExpressionRewrites.Kept(Enum.GetValues<StepAxis>()).Select(kept => (kept.Kind, (Func<Expression, Expression>)(delta => new Selected(delta, kept.Axis, kept.Places)))),
        ];
        return slips.Select(slip => new Rewrite(slip.Item1, statement =>
            statement with { Value = statement.Value.Replace(part => part is Reference { Shift: 0 } reference && deltas.Contains(reference.Name) ? slip.Item2(reference) : part as Reindexed) }));
    }

    // The same slip in the product of every gate, which people write as one.
    private static IEnumerable<Rewrite> OfAllProducts(Statement statement, ExpressionRewrites expressions)
    {
        if (statement.Value is not Sum { Terms: var terms } || Enumerable.Range(0, terms.Count).Where(i => terms[i].Value is MatrixProduct).ToArray() is not { Length: > 1 } products)
        {
            yield break;
        }

        foreach (var rewrite in expressions.OfParts(terms[products[0]].Value, []))
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

    private IEnumerable<Rewrite> OfWhole(Statement statement, ExpressionRewrites expressions)
    {
        var variable = _scope[statement.Name];
        yield return new(SlipKinds.LeftOut, other => other with { Value = new Times([new Number(0), other.Value]) });
        yield return new(SlipKinds.Sign, other => other with { Value = Negated(other.Value) });

        foreach (var factor in extents.Factors)
        {
            yield return new(SlipKinds.Scaled, other => other with { Value = new Times([new Number(factor), other.Value]) });
        }

        if (statement.Adds)
        {
            foreach (var rewrite in OfSums())
            {
                yield return rewrite;
            }

            yield break;
        }

        foreach (var rewrite in expressions.Selections(statement.Value, [], Enum.GetValues<StepAxis>()))
        {
            yield return rewrite;
        }

        var before = new Reference(statement.Name, statement.Target.Shift + 1);
        yield return new(SlipKinds.Added, other => other with { Value = new Sum([new(other.Value), new(before)]) });
        yield return new(SlipKinds.Added, other => other with { Value = new RunningSum(other.Value, Before: null) });
        yield return new(SlipKinds.Added, other => other with { Value = new RunningSum(other.Value, before) });
        if (variable.Role == VariableRole.Carry)
        {
            foreach (var adjoint in _scope.Variables.Where(state => AdjointNames.Next(state.Name) == statement.Name).Select(state => AdjointNames.Of(state.Name)).Where(name => _scope.TryGet(name, out _)))
            {
                yield return new(SlipKinds.Added, other => other with { Value = new Sum([new(other.Value), new(new Reference(adjoint))]) });
            }

            yield return new(SlipKinds.Stale, other => other with { Value = new Sum([new(new Selected(other.Value, StepAxis.Step, Places.Last)), new(new Selected(new Reference(other.Name), StepAxis.Step, Places.AllButLast))]) });
        }

        if (statement.Value is not Reference)
        {
            foreach (var value in expressions.OfReference(statement.Target with { Shift = int.MinValue }, []))
            {
                yield return new(SlipKinds.Value, other => value.Apply(other with { Value = other.Target }));
            }
        }
    }

    /// <summary>What can become of a sum over steps and sequences whatever is summed: one summand that is left of it, and loops that are too short.</summary>
    public static IEnumerable<Rewrite> OfSums()
    {
        Places?[] steps = [null, Places.First, Places.Last, Places.Second, Places.LastButOne], sequences = [null, Places.First, Places.Last];
        foreach (var step in steps)
        {
            foreach (var sequence in sequences)
            {
                if (step is not null || sequence is not null)
                {
                    yield return new(SlipKinds.Assigned, statement => Summed(statement, summand => Only(Only(summand, StepAxis.Step, step), StepAxis.Sequence, sequence)));
                }
            }
        }

        foreach (var axis in (StepAxis[])[StepAxis.Step, StepAxis.Sequence])
        {
            foreach (var places in axis == StepAxis.Step ? (Places[])[Places.AllButFirst, Places.AllButLast, Places.AllButFirstTwo, Places.AllButLastTwo] : [Places.AllButFirst, Places.AllButLast])
            {
                yield return new(SlipKinds.Range, statement => Summed(statement, summand => new Selected(summand, axis, places)));
            }
        }

        static Expression Only(Expression operand, StepAxis axis, Places? places) => places is { } kept ? new Selected(operand, axis, kept) : operand;
    }

    private static Sum Negated(Expression value)
    {
        return value is Sum sum ? new([.. sum.Terms.Select(term => term with { IsNegative = !term.IsNegative })]) : new([new(value, IsNegative: true)]);
    }

    /// <summary>What becomes of a whole loop over the steps that is too short: of its sums, and of what goes back.</summary>
    public IEnumerable<Rewrite> OfWholeLoop()
    {
        foreach (var places in (Places[])[Places.AllButFirst, Places.AllButLast])
        {
            yield return new(SlipKinds.Range, statement => statement.Adds ? Summed(statement, summand => new Selected(summand, StepAxis.Step, places)) : statement with { Value = Left(statement, places) });
        }

        // Where the loop ends too early, what arrived last stays.
        Expression Left(Statement statement, Places places)
        {
            var left = new Selected(statement.Value, StepAxis.Step, places);
            return _scope[statement.Name].Role == VariableRole.Carry && places == Places.AllButFirst ? new Sum([new(left), new(new Selected(new Reference(statement.Name), StepAxis.Step, Places.First))]) : left;
        }
    }

    /// <summary>What becomes of a loop over the elements of the state before that is too short: of products with some deltas alone.</summary>
    /// <param name="deltas">The deltas.</param>
    public static IEnumerable<Rewrite> OfLoopOverStates(IReadOnlyCollection<string> deltas)
    {
        foreach (var places in (Places[])[Places.AllButFirst, Places.AllButLast])
        {
            yield return new(SlipKinds.Range, statement => statement with
            {
                Value = statement.Value.Replace(part => part switch
                {
                    MatrixProduct { Left: Transpose { Operand: var left }, Right: var right } product =>
                        Reads(right) ? product with { Left = new Transpose(Cut(left)) } : Reads(left) ? product with { Right = Cut(right) } : null,
                    MatrixProduct product when product.Operands.Any(Reads) => Cut(product),
                    _ => null,
                }),
            });

            Selected Cut(Expression vector) => new(vector, StepAxis.Feature, places);
        }

        bool Reads(Expression expression) => expression is Reference { Shift: 0 } reference && deltas.Contains(reference.Name);
    }

    private static Statement? Summed(Statement statement, Func<Expression, Expression> change)
    {
        return statement.Value switch
        {
            MatrixProduct { Left: Transpose { Operand: var left } } product => statement with { Value = product with { Left = new Transpose(change(left)) } },
            BatchSum sum => statement with { Value = new BatchSum(change(sum.Operand)) },
            _ => null,
        };
    }

    private ExpressionRewrites ExpressionsOf(Statement statement, bool isForward)
    {
        return new(program, isForward, (isForward ? program.Forward : program.Backward).TakeWhile(other => other.Name != statement.Name).Count(), extents);
    }
}

using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>Every way in which one expression of a statement may be typed otherwise.</summary>
/// <param name="program">The program.</param>
/// <param name="letters">The letters of shapes, with their numbers.</param>
/// <param name="factors">Numbers by which values are multiplied by mistake.</param>
internal sealed class Rewrites(StepProgram program, IReadOnlyDictionary<string, int> letters, IReadOnlyList<double> factors)
{
    private const int MostFactors = 6;
    private const int MostTerms = 5;
    private readonly Scope _scope = program.Scope;

    // Adjoints that later statements of the step write are not there yet: what is read of them comes from the step that was computed before.
    private readonly Dictionary<string, int> _order = program.Backward.Select((statement, i) => (statement.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
    private int _now;

    /// <summary>The rewrites of a statement.</summary>
    public IEnumerable<Rewrite> Of(Statement statement)
    {
        _now = _order[statement.Name];
        return OfParts(statement.Value, []).Concat(OfWhole(statement));
    }

    /// <summary>The rewrites of one expression and everything in it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="path">Where it stands in its statement.</param>
    public IEnumerable<Rewrite> OfParts(Expression expression, IReadOnlyList<int> path)
    {
        var own = expression switch
        {
            Sum sum => OfSum(sum, path),
            Times times => OfTimes(times, path),
            Power => OfPower(path),
            Number number => OfNumber(number, path),
            Apply { Function: var function } when function == Function.Step => [Rewrite.At(SlipKinds.Constant, [.. path, 0], other => new Sum([new(other), new(new Number(1), IsNegative: true)]))],
            MatrixProduct product => OfProduct(product, path),
            BatchSum sum => Selections(sum.Operand, [.. path, 0], [StepAxis.Feature]),
            Reference reference => OfReference(reference, path),
            _ => [],
        };
        return own.Concat(expression.Operands.SelectMany((operand, i) => OfParts(operand, [.. path, i])));
    }

    private IEnumerable<Rewrite> OfSum(Sum sum, IReadOnlyList<int> path)
    {
        var count = sum.Terms.Count;
        foreach (var kept in Subsets(count))
        {
            yield return Rewrite.At(SlipKinds.Term, path, other => other is Sum { Terms: var terms } && terms.Count == count ? Kept(terms, kept) : null);
        }

        foreach (var turned in count <= MostTerms ? Subsets(count).Append([.. Enumerable.Range(0, count)]) : Enumerable.Range(0, count).Select(i => (int[])[i]).Append([.. Enumerable.Range(0, count)]))
        {
            yield return Rewrite.At(SlipKinds.Sign, path, other => other is Sum { Terms: var terms } && terms.Count == count
                ? new Sum([.. terms.Select((term, i) => turned.Contains(i) ? term with { IsNegative = !term.IsNegative } : term)])
                : null);
        }

        foreach (var factor in factors)
        {
            for (var i = 0; i < count; i++)
            {
                var index = i;
                yield return Rewrite.At(SlipKinds.Scaled, path, other => other is Sum { Terms: var terms } && terms.Count == count
                    ? new Sum(terms.With(index, terms[index] with { Value = new Times([new Number(factor), terms[index].Value]) }))
                    : null);
            }
        }

        // What was summed up before is lost where a product, or the last round of its loop, is assigned.
        foreach (var rounds in Rounds(sum.Terms))
        {
            yield return Rewrite.At(SlipKinds.Assigned, path, other => other is Sum { Terms: var terms } && terms.Count == count && Left(terms, rounds) is { } left ? left : null);
        }

        static Expression Kept(ValueList<Term> terms, int[] kept) => kept is [var only] && !terms[only].IsNegative ? terms[only].Value : new Sum([.. kept.Select(i => terms[i])]);
    }

    // Of each term: all of it, the last round of its loop, nothing. At least one is the last round alone.
    private static IEnumerable<Round[]> Rounds(ValueList<Term> terms)
    {
        var choices = terms.Select(term => term.Value is MatrixProduct ? Enum.GetValues<Round>() : [Round.All, Round.None]);
        var all = choices.Aggregate((IEnumerable<Round[]>)[[]], (sets, next) => sets.SelectMany(set => next.Select(round => (Round[])[.. set, round])));
        return terms.Count > MostTerms ? [] : all.Where(rounds => rounds.Contains(Round.Last));
    }

    private static Expression? Left(ValueList<Term> terms, Round[] rounds)
    {
        var left = new List<Term>();
        for (var i = 0; i < rounds.Length; i++)
        {
            switch (rounds[i], terms[i].Value)
            {
                case (Round.All, _):
                    left.Add(terms[i]);
                    break;
                case (Round.Last, MatrixProduct product):
                    left.Add(terms[i] with { Value = LastRound(product) });
                    break;
                case (Round.Last, _):
                    return null;
            }
        }

        return left is [{ IsNegative: false } only] ? only.Value : new Sum([.. left]);
    }

    private enum Round
    {
        All,
        Last,
        None,
    }

    // x·W of which only the last element of x counts.
    private static MatrixProduct LastRound(MatrixProduct product)
    {
        return product.Right is Reference or Transpose
            ? product with { Left = new Selected(product.Left, StepAxis.Feature, Places.Last) }
            : product with { Right = new Selected(product.Right, StepAxis.Feature, Places.Last) };
    }

    private static IEnumerable<Rewrite> OfTimes(Times times, IReadOnlyList<int> path)
    {
        var count = times.Factors.Count;
        foreach (var kept in count <= MostFactors ? Subsets(count) : Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Where(j => j != i).ToArray()))
        {
            yield return Rewrite.At(SlipKinds.Factor, path, other => other is Times { Factors: var factors } && factors.Count == count
                ? kept is [var only] ? factors[only] : new Times([.. kept.Select(i => factors[i])])
                : null);
        }

        if (times.Factors.FirstOrDefault(factor => factor is Apply { Function: var function } && function == Function.Step) is { } step)
        {
            yield return Rewrite.At(SlipKinds.Constant, path, other => other.Equals(times) ? new Sum([new(times), new(new Sum([new(new Number(1)), new(step, IsNegative: true)]))]) : null);
        }

        for (var i = 0; i < count; i++)
        {
            var index = i;
            yield return Rewrite.At(SlipKinds.Doubled, path, other => other is Times { Factors: var factors } && factors.Count == count ? new Times([.. factors, factors[index]]) : null);
        }
    }

    private static IEnumerable<Rewrite> OfPower(IReadOnlyList<int> path)
    {
        yield return Rewrite.At(SlipKinds.Power, path, other => (other as Power)?.Base);
        yield return Rewrite.At(SlipKinds.Power, path, other => other is Power power ? power with { Exponent = power.Exponent + 1 } : null);
    }

    private static IEnumerable<Rewrite> OfNumber(Number number, IReadOnlyList<int> path)
    {
        foreach (var typed in ((double[])[0, 1, 2, 0.5]).Where(typed => typed != number.Value))
        {
            yield return Rewrite.At(SlipKinds.Constant, path, other => other is Number ? new Number(typed) : null);
        }
    }

    private IEnumerable<Rewrite> OfProduct(MatrixProduct product, IReadOnlyList<int> path)
    {
        yield return Rewrite.At(SlipKinds.Factor, path, other => other is MatrixProduct both ? WithoutFactor(both, isLeft: true) : null);
        yield return Rewrite.At(SlipKinds.Factor, path, other => other is MatrixProduct both ? WithoutFactor(both, isLeft: false) : null);
        var isOuter = product.Left is Transpose { Operand: var left } && _scope.ShapeOf(left).IsVector;
        if (isOuter)
        {
            if (Length(((Transpose)product.Left).Operand) == Length(product.Right))
            {
                yield return Rewrite.At(SlipKinds.Transposed, path, other => other is MatrixProduct { Left: Transpose { Operand: var a }, Right: var b } ? new MatrixProduct(new Transpose(b), a) : null);
            }

            foreach (var rewrite in Selections(product.Left.Operands[0], [.. path, 0, 0], [StepAxis.Feature]))
            {
                yield return rewrite;
            }

            foreach (var rewrite in Selections(product.Right, [.. path, 1], [StepAxis.Feature]))
            {
                yield return rewrite;
            }
        }
        else
        {
            var vector = _scope.ShapeOf(product.Left).IsVector ? 0 : 1;
            foreach (var rewrite in Selections(product.Operands[vector], [.. path, vector], Enum.GetValues<StepAxis>()))
            {
                yield return rewrite;
            }

            var matrix = product.Operands[1 - vector];
            if (_scope.ShapeOf(matrix) is { IsMatrix: true } shape && Evaluate(shape.Axes[0]) == Evaluate(shape.Axes[1]))
            {
                yield return Rewrite.At(SlipKinds.Transposed, [.. path, 1 - vector], other => other is Transpose transpose ? transpose.Operand : new Transpose(other));
            }
        }
    }

    // A product in whose loops one factor is not there: ones stand in its place.
    private Expression WithoutFactor(MatrixProduct product, bool isLeft)
    {
        return (isLeft ? product.Left : product.Right) switch
        {
            Transpose { Operand: var vector } when isLeft && _scope.ShapeOf(vector).IsVector => product with { Left = new Transpose(new Power(vector, 0)) },
            var factor when _scope.ShapeOf(factor).IsVector => isLeft ? product with { Left = new Power(factor, 0) } : product with { Right = new Power(factor, 0) },
            var factor => new Spread(new FeatureSum(isLeft ? product.Right : product.Left, IsMean: false), _scope.ShapeOf(factor).Axes[isLeft ? 0 : 1]),
        };
    }

    // Another value of the same shape, the same at another step, or read beside its place.
    private IEnumerable<Rewrite> OfReference(Reference reference, IReadOnlyList<int> path)
    {
        var variable = _scope[reference.Name];
        foreach (var other in _scope.Variables)
        {
            if (other.Shape.IsShared != variable.Shape.IsShared || !Sizes(other.Shape).SequenceEqual(Sizes(variable.Shape)) || other.Role == VariableRole.Gradient)
            {
                continue;
            }

            foreach (var shift in other.Shape.IsShared ? [0] : (int[])[0, -1, 1])
            {
                var typed = new Reference(other.Name, shift);
                if (typed != reference && IsThere(other, shift))
                {
                    yield return Rewrite.At(other == variable ? SlipKinds.Step : SlipKinds.Name, path, part => part is Reference ? typed : null);
                }
            }
        }

        // The state at hand in place of the one before it, but for the initial state, which has a name of its own.
        if (variable.Role == VariableRole.State && reference.Shift == -1)
        {
            var typed = new Sum([new(new Selected(reference with { Shift = 0 }, StepAxis.Step, Places.AllButFirst)), new(new Selected(reference, StepAxis.Step, Places.First))]);
            yield return Rewrite.At(SlipKinds.Step, path, part => part is Reference ? typed : null);

            // Both indices moved alike: the products of every step but the last.
            yield return Rewrite.At(SlipKinds.Step, path, part => part is Reference ? new Selected(reference with { Shift = 0 }, StepAxis.Step, Places.AllButLast) : null);
        }

        if (!variable.Shape.IsShared && variable.Shape.IsVector)
        {
            yield return Rewrite.At(SlipKinds.Element, path, part => part is Reference moved ? new Moved(moved, -1) : null);
            yield return Rewrite.At(SlipKinds.Element, path, part => part is Reference moved ? new Moved(moved, 1) : null);
        }
    }

    /// <summary>The rewrites of a value wherever the backward pass reads it: a slip where it is taken from the forward pass.</summary>
    public IEnumerable<Rewrite> OfValue(Reference reference)
    {
        _now = 0;
        return OfReference(reference, []).Append(Rewrite.At(SlipKinds.Sign, [], other => new Sum([new(other, IsNegative: true)]))).Select(rewrite => new Rewrite(rewrite.Kind, statement =>
        {
            var typed = rewrite.Apply(statement with { Value = reference })?.Value;
            return typed is null ? null : statement with { Value = statement.Value.Replace(part => part.Equals(reference) ? typed : null) };
        }));
    }

    private bool IsThere(Variable variable, int shift)
    {
        return variable.Role switch
        {
            VariableRole.Adjoint => shift == 1 || (shift == 0 && _order.GetValueOrDefault(variable.Name, -1) < _now),
            VariableRole.Carry => shift == 0,
            _ => true,
        };
    }

    private IEnumerable<Rewrite> OfWhole(Statement statement)
    {
        var variable = _scope[statement.Name];
        yield return new(SlipKinds.LeftOut, other => other with { Value = new Times([new Number(0), other.Value]) });
        if (statement.Value is not Sum)
        {
            yield return new(SlipKinds.Sign, other => other.Value is Sum ? null : other with { Value = new Sum([new(other.Value, IsNegative: true)]) });
        }

        foreach (var factor in factors)
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

        foreach (var rewrite in Selections(statement.Value, [], Enum.GetValues<StepAxis>()))
        {
            yield return rewrite;
        }

        var before = new Reference(statement.Name, statement.Target.Shift + 1);
        yield return new(SlipKinds.Added, other => other with { Value = new Sum([new(other.Value), new(before)]) });
        yield return new(SlipKinds.Added, other => other with { Value = new RunningSum(other.Value, Before: null) });
        yield return new(SlipKinds.Added, other => other with { Value = new RunningSum(other.Value, before) });
        if (variable.Role == VariableRole.Carry)
        {
            foreach (var adjoint in _scope.Variables.Where(other => other.Role == VariableRole.Adjoint && statement.Name == other.Name + AdjointNames.Next("")[1..]))
            {
                yield return new(SlipKinds.Added, other => other with { Value = new Sum([new(other.Value), new(new Reference(adjoint.Name))]) });
            }

            yield return new(SlipKinds.Stale, other => other with { Value = new Sum([new(new Selected(other.Value, StepAxis.Step, Places.Last)), new(new Selected(new Reference(other.Name), StepAxis.Step, Places.AllButLast))]) });
        }

        if (statement.Value is not Reference)
        {
            foreach (var value in OfReference(statement.Target with { Shift = int.MinValue }, []))
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
            foreach (var places in (Places[])[Places.AllButFirst, Places.AllButLast])
            {
                yield return new(SlipKinds.Range, statement => Summed(statement, summand => new Selected(summand, axis, places)));
            }
        }

        static Expression Only(Expression operand, StepAxis axis, Places? places) => places is { } kept ? new Selected(operand, axis, kept) : operand;
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

    private IEnumerable<Rewrite> Selections(Expression operand, IReadOnlyList<int> path, IReadOnlyList<StepAxis> axes)
    {
        if (_scope.ShapeOf(operand) is not { IsVector: true, IsShared: false })
        {
            yield break;
        }

        foreach (var axis in axes)
        {
            foreach (var places in (Places[])[Places.First, Places.Last, Places.AllButFirst, Places.AllButLast])
            {
                var kind = places is Places.First or Places.Last ? SlipKinds.Assigned : SlipKinds.Range;
                yield return Rewrite.At(kind, path, other => _scope.ShapeOf(other) is { IsVector: true, IsShared: false } ? new Selected(other, axis, places) : null);
            }
        }
    }

    // All of a few things but none and all of them.
    private static IEnumerable<int[]> Subsets(int count)
    {
        for (var bits = (1 << count) - 2; bits > 0; bits--)
        {
            yield return [.. Enumerable.Range(0, count).Where(i => (bits & (1 << i)) != 0)];
        }
    }

    private int Length(Expression vector) => Evaluate(_scope.ShapeOf(vector).Last);

    private int[] Sizes(Shape shape) => [.. shape.Axes.Select(Evaluate)];

    private int Evaluate(Dimension dimension) => dimension.Evaluate(letters);
}

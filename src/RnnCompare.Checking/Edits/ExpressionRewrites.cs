using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>Every way in which one expression may be typed otherwise.</summary>
/// <param name="program">The program that it stands in.</param>
/// <param name="place">The number of its statement in the backward pass: adjoints of later ones are not there yet, and what is read of them comes from the step that was computed before.</param>
/// <param name="letters">The letters of shapes, with their numbers.</param>
/// <param name="factors">Numbers by which values are multiplied by mistake.</param>
internal sealed class ExpressionRewrites(StepProgram program, int place, IReadOnlyDictionary<string, int> letters, IReadOnlyList<double> factors)
{
    private const int MostFactors = 6;
    private readonly Scope _scope = program.Scope;
    private readonly HashSet<string> _written = [.. program.Backward.Take(place).Select(statement => statement.Name)];

    /// <summary>The rewrites of one expression and everything in it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="path">Where it stands in its statement.</param>
    public IEnumerable<Rewrite> OfParts(Expression expression, IReadOnlyList<int> path)
    {
        var own = expression switch
        {
            Sum sum => SumRewrites.Of(sum, path, factors),
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

    /// <summary>Another value of the same shape, the same at another step, or read beside its place.</summary>
    /// <param name="reference">The value.</param>
    /// <param name="path">Where it stands in its statement.</param>
    public IEnumerable<Rewrite> OfReference(Reference reference, IReadOnlyList<int> path)
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
            yield return Rewrite.At(SlipKinds.Element, path, part => part is Reference moved ? moved with { Beside = -1 } : null);
            yield return Rewrite.At(SlipKinds.Element, path, part => part is Reference moved ? moved with { Beside = 1 } : null);
        }
    }

    private bool IsThere(Variable variable, int shift)
    {
        return variable.Role switch
        {
            VariableRole.Adjoint => shift == 1 || (shift == 0 && _written.Contains(variable.Name)),
            VariableRole.Carry => shift == 0,
            _ => true,
        };
    }

    /// <summary>Zeros in all but some places of a vector.</summary>
    /// <param name="operand">The vector; anything else has none.</param>
    /// <param name="path">Where it stands in its statement.</param>
    /// <param name="axes">Along which axes.</param>
    public IEnumerable<Rewrite> Selections(Expression operand, IReadOnlyList<int> path, IReadOnlyList<StepAxis> axes)
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

    /// <summary>The numbers of a few things: some of them, neither none nor all.</summary>
    public static IEnumerable<int[]> Subsets(int count)
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

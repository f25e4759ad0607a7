using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Checking.Edits;

/// <summary>Every way in which one expression may be typed otherwise.</summary>
/// <param name="program">The program that it stands in.</param>
/// <param name="isForward">Whether it stands in the forward pass.</param>
/// <param name="place">The number of its statement there: what later ones write is not there yet, and what is read of them comes from the step that was computed before.</param>
/// <param name="extents">The lengths of the program's loops.</param>
internal sealed class ExpressionRewrites(StepProgram program, bool isForward, int place, Extents extents)
{
    private const int MostFactors = 6;

    // What a network may be activated by in place of another.
    private static readonly Function[] s_exchanged = [Function.Tanh, Function.Sigmoid, Function.Relu];
    private readonly Scope _scope = program.Scope;
    private readonly HashSet<string> _written = [.. (isForward ? program.Forward : program.Backward).Take(place).Select(statement => statement.Name)];

    /// <summary>The rewrites of one expression and everything in it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="path">Where it stands in its statement.</param>
    public IEnumerable<Rewrite> OfParts(Expression expression, IReadOnlyList<int> path)
    {
        var own = expression switch
        {
            Sum sum => SumRewrites.Of(sum, path, extents.Factors).Concat(sum.Terms.SelectMany((term, i) => Selections(term.Value, [.. path, i], Enum.GetValues<StepAxis>()))),
            Times times => OfTimes(times, path),
            Power power => OfPower(power, path),
            Number number => OfNumber(number, path),
            Apply apply when isForward && s_exchanged.Contains(apply.Function) => s_exchanged.Where(other => other != apply.Function).Select(other => Rewrite.At(SlipKinds.Name, path, part => part is Apply typed ? typed with { Function = other } : null)).Append(Rewrite.At(SlipKinds.Factor, path, part => (part as Apply)?.Argument)),
            Apply { Function: var function } when function == Function.Step => [Rewrite.At(SlipKinds.Constant, [.. path, 0], other => new Sum([new(other), new(new Number(1), IsNegative: true)]))],
            MatrixProduct product => OfProduct(product, path),
            BatchSum sum => Selections(sum.Operand, [.. path, 0], [StepAxis.Feature]),
            Reference reference => OfReference(reference, path).Concat(OfDefinition(reference, path)),
            _ => [],
        };
        return expression is Reindexed ? [] : own.Concat(expression.Operands.SelectMany((operand, i) => OfParts(operand, [.. path, i])));
    }

    private IEnumerable<Rewrite> OfTimes(Times times, IReadOnlyList<int> path)
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

        foreach (var rewrite in OfDistributed(times, path))
        {
            yield return rewrite;
        }

        for (var i = 0; i < count; i++)
        {
            var index = i;
            yield return Rewrite.At(SlipKinds.Doubled, path, other => other is Times { Factors: var factors } && factors.Count == count ? new Times([.. factors, factors[index]]) : null);
        }
    }

    // a ⊙ (b − c) is also typed as a ⊙ b − a ⊙ c: then a slip in a is in one term alone.
    private IEnumerable<Rewrite> OfDistributed(Times times, IReadOnlyList<int> path)
    {
        var place = Enumerable.Range(0, times.Factors.Count).FirstOrDefault(i => times.Factors[i] is Sum { Terms.Count: > 1 } sum && !sum.Terms.Any(term => term.Value is Number), -1);
        if (place < 0)
        {
            yield break;
        }

        var terms = ((Sum)times.Factors[place]).Terms;
        Expression[] others = [.. times.Factors.Where((_, i) => i != place)];
        for (var i = 0; i < terms.Count; i++)
        {
            for (var j = 0; j < others.Length; j++)
            {
                var (term, factor) = (i, j);
                yield return Slip(SlipKinds.Factor, []);
                foreach (var (kind, typed) in others[factor] is Reference reference ? InPlaceOf(reference).Select(slip => (slip.Kind, slip.Typed(reference))) : [])
                {
                    yield return Slip(kind, [typed]);
                }

                Rewrite Slip(string kind, Expression[] typed)
                {
                    return Rewrite.At(kind, path, other => other.Equals(times) ? new Sum([.. terms.Select((each, k) => each with { Value = Product([each.Value, .. k == term ? [.. others[..factor], .. typed, .. others[(factor + 1)..]] : others]) })]) : null);
                }
            }
        }

        static Expression Product(Expression[] factors) => factors is [var only] ? only : new Times([.. factors]);
    }

    private IEnumerable<Rewrite> OfPower(Power power, IReadOnlyList<int> path)
    {
        yield return Rewrite.At(SlipKinds.Power, path, other => (other as Power)?.Base);
        yield return Rewrite.At(SlipKinds.Power, path, other => other is Power same ? same with { Exponent = same.Exponent + 1 } : null);
        if (power is not { Exponent: 2, Base: Reference value })
        {
            yield break;
        }

        // A square is typed as a product, of which one factor is another.
        foreach (var (kind, typed) in InPlaceOf(value))
        {
            yield return Rewrite.At(kind, path, other => other is Power { Exponent: 2, Base: Reference same } ? new Times([typed(same), same]) : null);
        }
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
        if (isOuter && JoinOf(((Transpose)product.Left).Operand) is { } joined)
        {
            foreach (var rewrite in joined.Blocks.Index().SelectMany(block => OfBlock(block.Index, path)))
            {
                yield return rewrite;
            }
        }

        if (isOuter)
        {
            if (Length(((Transpose)product.Left).Operand) == Length(product.Right))
            {
                // One index for both factors.
                yield return Rewrite.At(SlipKinds.Index, path, other => other is MatrixProduct { Left: Transpose { Operand: var a }, Right: var b } ? new MatrixProduct(new Transpose(new Times([a, b])), new Power(b, 0)) : null);
                yield return Rewrite.At(SlipKinds.Index, path, other => other is MatrixProduct { Left: Transpose { Operand: var a }, Right: var b } ? new MatrixProduct(new Transpose(new Power(a, 0)), new Times([a, b])) : null);
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
            yield return Rewrite.At(SlipKinds.Index, [.. path, 1 - vector], other => new ReadMatrix(other, MatrixReading.IndicesExchanged));

            if (_scope.ShapeOf(matrix) is { IsMatrix: true } shape && Evaluate(shape.Axes[0]) == Evaluate(shape.Axes[1]))
            {
                yield return Rewrite.At(SlipKinds.Transposed, [.. path, 1 - vector], other => other is Transpose transpose ? transpose.Operand : new Transpose(other));
            }
        }
    }

    // [a; b]ᵀ·d is also typed as two loops, aᵀ·d and bᵀ·d: then a slip is in the rows of one alone.
    private IEnumerable<Rewrite> OfBlock(int index, IReadOnlyList<int> path)
    {
        yield return Slip(SlipKinds.LeftOut, product => new Times([new Number(0), product]));
        yield return Slip(SlipKinds.Sign, product => new Sum([new(product, IsNegative: true)]));
        yield return Slip(SlipKinds.Factor, product => product with { Right = new Power(product.Right, 0) });
        yield return Slip(SlipKinds.Factor, product => product with { Left = new Transpose(Alone(JoinOf(product.Left.Operands[0])!, index, block => new Power(block, 0))) });
        foreach (var factor in extents.Factors)
        {
            yield return Slip(SlipKinds.Scaled, product => new Times([new Number(factor), product]));
        }

        foreach (var rewrite in StatementRewrites.OfSums())
        {
            yield return Slip(rewrite.Kind, product => rewrite.Apply(new(new(""), product))!.Value);
        }

        foreach (var (kind, axis, places) in Kept([StepAxis.Feature]))
        {
            yield return Slip(kind, product => product with { Right = new Selected(product.Right, axis, places) });
            yield return Slip(kind, product => product with { Left = new Transpose(Alone((Join)product.Left.Operands[0], index, block => new Selected(block, axis, places))) });
        }

        Rewrite Slip(string kind, Func<MatrixProduct, Expression> typed)
        {
            return Rewrite.At(kind, path, other => other is MatrixProduct { Left: Transpose { Operand: var left } } product && JoinOf(left) is { } join && index < join.Blocks.Count
                ? new Sum(
                [
                    new(product with { Left = new Transpose(new Join(join.Blocks.With(index, Zero(join.Blocks[index])))) }),
                    new(typed(product with { Left = new Transpose(Alone(join, index, block => block)) })),
                ])
                : null);
        }

        static Join Alone(Join join, int index, Func<Expression, Expression> block) => new([.. join.Blocks.Select((other, i) => i == index ? block(other) : Zero(other))]);

        static Times Zero(Expression block) => new([new Number(0), block]);
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

    /// <summary>Another value of the same shape, the same at another step, or read with other indices.</summary>
    /// <param name="reference">The value.</param>
    /// <param name="path">Where it stands in its statement.</param>
    public IEnumerable<Rewrite> OfReference(Reference reference, IReadOnlyList<int> path)
    {
        return InPlaceOf(reference).Select(slip => Rewrite.At(slip.Kind, path, part => part is Reference other ? slip.Typed(other) : null));
    }

    // A product, or vectors behind each other, that have a name in the forward pass are often written out in the backward pass.
    private IEnumerable<Rewrite> OfDefinition(Reference reference, IReadOnlyList<int> path)
    {
        return DefinitionOf(reference) is { Value: Times or Join } definition
            ? OfParts(definition.Value, []).Select(rewrite => Rewrite.At(rewrite.Kind, path, part => part.Equals(reference) ? rewrite.Apply(definition)?.Value : null))
            : [];
    }

    private Statement? DefinitionOf(Reference reference)
    {
        return _scope[reference.Name].Role == VariableRole.Value && reference.Shift == 0 ? program.Forward.FirstOrDefault(statement => statement.Name == reference.Name) : null;
    }

    private Join? JoinOf(Expression expression) => expression as Join ?? (expression is Reference reference ? DefinitionOf(reference)?.Value as Join : null);

    /// <summary>What may be typed where a value stands.</summary>
    /// <param name="reference">The value.</param>
    public IEnumerable<(string Kind, Func<Reference, Expression> Typed)> InPlaceOf(Reference reference)
    {
        var variable = _scope[reference.Name];
        foreach (var other in _scope.Variables)
        {
            // Of gradients, a weight's own, which is then the sum so far.
            var isOfWeight = other.Role == VariableRole.Gradient && variable.Role == VariableRole.Weight && variable.Shape.IsMatrix && other.Name == AdjointNames.Of(variable.Name);
            if (other.Shape.IsShared != variable.Shape.IsShared || !Sizes(other.Shape).SequenceEqual(Sizes(variable.Shape)) || (other.Role == VariableRole.Gradient && !isOfWeight))
            {
                continue;
            }

            foreach (var shift in other.Shape.IsShared ? [0] : (int[])[0, -1, 1])
            {
                var typed = new Reference(other.Name, shift);
                if (typed != reference && IsThere(other, shift))
                {
                    yield return (other == variable ? SlipKinds.Step : SlipKinds.Name, _ => typed);
                }
            }
        }

        // The state at hand in place of the one before it, but for the initial state, which has a name of its own.
        if (variable.Role == VariableRole.State && reference.Shift == -1 && !isForward)
        {
            var typed = new Sum([new(new Selected(reference with { Shift = 0 }, StepAxis.Step, Places.AllButFirst)), new(new Selected(reference, StepAxis.Step, Places.First))]);
            yield return (SlipKinds.Step, _ => typed);

            // Both indices moved alike: the products of every step but the last.
            yield return (SlipKinds.Step, _ => new Selected(reference with { Shift = 0 }, StepAxis.Step, Places.AllButLast));
        }

        if (variable.Name == LossStatements.Target)
        {
            yield return (SlipKinds.Constant, other => new Power(other, 0));
        }

        if (variable.Shape is { IsShared: false, IsVector: true } && reference.Shift != int.MinValue)
        {
            yield return (SlipKinds.Element, other => other with { Beside = -1 });
            yield return (SlipKinds.Element, other => other with { Beside = 1 });
            foreach (var slip in isForward ? [] : OtherIndices(variable))
            {
                yield return (SlipKinds.Index, slip);
            }
        }
    }

    // The index of another loop, or a fixed one.
    private IEnumerable<Func<Reference, Expression>> OtherIndices(Variable variable)
    {
        // The loop over the outputs may run before that over the layers.
        var isOfBackwardPass = variable.Role is (VariableRole.Adjoint or VariableRole.Carry) && variable.Name != LossStatements.OutputAdjoint;
        AxisIndex step = AxisIndex.Of(StepAxis.Step), sequence = AxisIndex.Of(StepAxis.Sequence), feature = AxisIndex.Of(StepAxis.Feature);
        (AxisIndex Step, AxisIndex Sequence, AxisIndex Feature)[] indices =
        [
            .. extents.PlacesIn(Evaluate(variable.Shape.Last)).Select(place => (step, sequence, AxisIndex.At(place))),
            (step, sequence, step),
            (step, sequence, sequence),
            (feature, sequence, step),
            (step, feature, sequence),
            (AxisIndex.RowsExchanged, AxisIndex.RowsExchanged, feature),
            (AxisIndex.Of(StepAxis.Feature, -1), sequence, AxisIndex.Of(StepAxis.Step, 1)), // of states with the initial one before them
            .. isOfBackwardPass ? [] : extents.PlacesIn(extents.Steps).Concat([extents.Steps - 1, extents.Steps]).Distinct().Select(place => (AxisIndex.At(place), sequence, feature)),
        ];
        return indices.Select(index => (Func<Reference, Expression>)(other => new Reindexed(other, index.Step, index.Sequence, index.Feature, isOfBackwardPass)));
    }

    private bool IsThere(Variable variable, int shift)
    {
        return variable.Role switch
        {
            VariableRole.Adjoint or VariableRole.Carry or VariableRole.Gradient when isForward => false,
            VariableRole.State or VariableRole.Value when isForward => shift == -1 || (shift == 0 && _written.Contains(variable.Name)),
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

        foreach (var (kind, axis, places) in Kept(axes))
        {
            yield return Rewrite.At(kind, path, other => _scope.ShapeOf(other) is { IsVector: true, IsShared: false } ? new Selected(other, axis, places) : null);
        }
    }

    /// <summary>What may be left along some axes.</summary>
    public static IEnumerable<(string Kind, StepAxis Axis, Places Places)> Kept(IEnumerable<StepAxis> axes)
    {
        return axes.SelectMany(axis => ((Places[])[Places.First, Places.Last, Places.AllButFirst, Places.AllButLast])
            .Select(places => (places is Places.First or Places.Last ? SlipKinds.Assigned : SlipKinds.Range, axis, places)));
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

    private int Evaluate(Dimension dimension) => dimension.Evaluate(extents.Letters);
}

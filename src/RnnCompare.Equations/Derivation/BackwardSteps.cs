using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Derivation;

/// <summary>Derives the backward statements of a step from the forward ones: reverse mode over the statements, in the form in which a person writes it.</summary>
/// <remarks>Linnainmaa 1970; through time, Werbos 1990.</remarks>
internal sealed class BackwardSteps
{
    private readonly Scope _scope;
    private readonly Dictionary<Reference, Contributions> _contributions = [];
    private readonly List<Statement> _adjoints = [];

    private BackwardSteps(Scope scope) => _scope = scope;

    /// <summary>Derives the statements, and declares the names they write.</summary>
    /// <param name="forward">The statements of a forward step.</param>
    /// <param name="scope">The names.</param>
    /// <param name="seeds">What is known of the adjoints of values at this step, in the order in which it is added.</param>
    /// <param name="wanted">The weights and inputs whose derivatives are wanted, in their order.</param>
    public static ValueList<Statement> Of(ValueList<Statement> forward, Scope scope, IEnumerable<(string Name, Expression Adjoint)> seeds, IEnumerable<string> wanted)
    {
        var steps = new BackwardSteps(scope);
        foreach (var (name, adjoint) in seeds)
        {
            steps.For(new(name)).Add(adjoint);
        }

        foreach (var statement in forward.Reverse())
        {
            steps.Differentiate(statement);
        }

        var states = scope.Variables.Where(variable => variable.Role == VariableRole.State).Select(variable => variable.Name).ToList();
        List<Statement> sums = [.. wanted.ToList().Select(steps.DerivativeOf)];
        List<Statement> carries = [.. states.Select(steps.CarryOf)];
        return [.. steps._adjoints, .. sums, .. carries];
    }

    private void Differentiate(Statement statement)
    {
        var variable = _scope[statement.Name];
        var isState = variable.Role == VariableRole.State;
        var total = For(statement.Target).Total(variable.Shape.Last);
        if (total is null && !isState)
        {
            return;
        }

        total ??= new Number(0);
        switch (statement.Value)
        {
            case Apply { Argument: Reference } apply:
                // What the function is applied to has a name and an adjoint: this one is a factor of it.
                Propagate(apply.Argument, Algebra.Multiply(isState || total is Sum ? Emit(variable, total) : total, DerivativeOf(apply, statement.Target)));
                break;
            case Apply apply:
                if (apply.Function.HasDerivative)
                {
                    Propagate(apply.Argument, Emit(variable, Algebra.Multiply(total, DerivativeOf(apply, statement.Target))));
                }

                break;
            case Quotient quotient:
                var adjoint = Emit(variable, total);
                PropagateTo(quotient.Numerator, quotient, Algebra.Divide(adjoint, quotient.Denominator));
                if (quotient.Denominator is not Number)
                {
                    PropagateTo(quotient.Denominator, quotient, Algebra.Negate(Algebra.Divide(Algebra.Multiply(adjoint, statement.Target), quotient.Denominator)));
                }

                break;
            default:
                var needsName = isState || statement.Value is Slice || total is not Reference && (total is Sum || Receivers(statement.Value) > 1);
                Propagate(statement.Value, needsName && (isState || total is not Reference) ? Emit(variable, total) : total);
                break;
        }
    }

    private static int Receivers(Expression value) => value.Parts().Count(part => part is Reference);

    private static Expression DerivativeOf(Apply apply, Reference output) => apply.Function.Derivative(apply.Argument, output);

    private Reference Emit(Variable variable, Expression value)
    {
        var name = AdjointNames.Of(variable.Name);
        _scope.Declare(new(name, VariableRole.Adjoint, variable.Shape));
        if (variable.Shape.IsVector && !_scope.ShapeOf(value).IsVector)
        {
            value = new Spread(value, variable.Shape.Last);
        }

        _adjoints.Add(new(new(name), value));
        return new(name);
    }

    // Carries the adjoint of an expression's value on to what the value is made of.
    private void Propagate(Expression expression, Expression adjoint)
    {
        switch (expression)
        {
            case Reference reference:
                For(reference).Add(Reduce(adjoint, _scope[reference.Name].Shape, _scope[reference.Name].Shape));
                break;
            case Sum sum:
                foreach (var term in sum.Terms)
                {
                    PropagateTo(term.Value, sum, term.IsNegative ? Algebra.Negate(adjoint) : adjoint);
                }

                break;
            case Times times:
                for (var i = 0; i < times.Factors.Count; i++)
                {
                    PropagateTo(times.Factors[i], times, Algebra.Multiply([adjoint, .. times.Factors.Without(i)]));
                }

                break;
            case Quotient quotient:
                PropagateTo(quotient.Numerator, quotient, Algebra.Divide(adjoint, quotient.Denominator));
                break;
            case Power power:
                Propagate(power.Base, Algebra.Multiply(new Number(power.Exponent), adjoint, Algebra.Raise(power.Base, power.Exponent - 1)));
                break;
            case FeatureSum sum:
                Propagate(sum.Operand, sum.IsMean ? Algebra.Divide(adjoint, new Size(_scope.ShapeOf(sum.Operand).Last)) : adjoint);
                break;
            case Spread spread:
                Propagate(spread.Operand, Reduce(adjoint, _scope.ShapeOf(spread.Operand), _scope.ShapeOf(spread)));
                break;
            case Slice { Operand: Reference operand } slice:
                For(operand).AddPart(slice.Start, slice.Length, _scope.ShapeOf(adjoint).IsScalar ? new Spread(adjoint, slice.Length) : adjoint);
                break;
            case Join join:
                var start = Dimension.Zero;
                foreach (var block in join.Blocks)
                {
                    var shape = _scope.ShapeOf(block);
                    var part = adjoint is Spread spread ? spread with { Length = shape.Last } : _scope.ShapeOf(adjoint).IsScalar ? adjoint : new Slice(adjoint, start, shape.Last);
                    Propagate(block, Reduce(part, shape, shape));
                    start += shape.Last;
                }

                break;
            case MatrixProduct product:
                PropagateProduct(product, adjoint);
                break;
        }
    }

    // A number, or a weight, among vectors of sequences counts in all of them: its adjoint is the sum.
    private void PropagateTo(Expression operand, Expression whole, Expression adjoint)
    {
        if (operand is not (Number or Size))
        {
            Propagate(operand, Reduce(adjoint, _scope.ShapeOf(operand), _scope.ShapeOf(whole)));
        }
    }

    private Expression Reduce(Expression adjoint, Shape target, Shape whole)
    {
        var given = _scope.ShapeOf(adjoint);
        if (target.IsScalar && whole.IsVector)
        {
            adjoint = given.IsVector ? Algebra.SumOverFeatures(adjoint) : Algebra.Multiply(new Size(whole.Last), adjoint);
        }
        else if (target.IsVector && given.IsScalar && target.IsShared)
        {
            adjoint = new Spread(adjoint, target.Last);
        }

        return target.IsShared && !_scope.ShapeOf(adjoint).IsShared ? Algebra.SumOverBatch(adjoint) : adjoint;
    }

    // x·W: dx = d·Wᵀ, dW = xᵀ·d.  x·Wᵀ: dx = d·W, dW = dᵀ·x.  W·x: dx = Wᵀ·d, dW = d·xᵀ.  Wᵀ·x: dx = W·d, dW = x·dᵀ.
    private void PropagateProduct(MatrixProduct product, Expression adjoint)
    {
        if (_scope.ShapeOf(product.Left).IsVector)
        {
            Propagate(product.Left, new MatrixProduct(adjoint, Transposed(product.Right)));
            if (product.Right is Transpose { Operand: Reference transposed })
            {
                For(transposed).Add(new MatrixProduct(new Transpose(adjoint), product.Left));
            }
            else
            {
                For((Reference)product.Right).Add(new MatrixProduct(new Transpose(product.Left), adjoint));
            }
        }
        else
        {
            Propagate(product.Right, new MatrixProduct(Transposed(product.Left), adjoint));
            if (product.Left is Transpose { Operand: Reference transposed })
            {
                For(transposed).Add(new MatrixProduct(product.Right, new Transpose(adjoint)));
            }
            else
            {
                For((Reference)product.Left).Add(new MatrixProduct(adjoint, new Transpose(product.Right)));
            }
        }
    }

    private static Expression Transposed(Expression matrix) => matrix is Transpose transpose ? transpose.Operand : new Transpose(matrix);

    // dW += …, or dx = ….
    private Statement DerivativeOf(string name)
    {
        var variable = _scope[name];
        var isSum = variable.Role == VariableRole.Weight;
        var derivative = AdjointNames.Of(name);
        _scope.Declare(new(derivative, isSum ? VariableRole.Gradient : VariableRole.Adjoint, variable.Shape));
        return new(new(derivative), For(new(name)).TotalInForwardOrder(variable.Shape.Last) ?? new Number(0), Adds: isSum);
    }

    private Statement CarryOf(string state)
    {
        return new(new(AdjointNames.Next(state), -1), For(new(state, -1)).TotalInForwardOrder(_scope[state].Shape.Last) ?? new Number(0));
    }

    private Contributions For(Reference reference)
    {
        if (!_contributions.TryGetValue(reference, out var contributions))
        {
            _contributions.Add(reference, contributions = new());
        }

        return contributions;
    }
}

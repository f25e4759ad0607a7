using System.Globalization;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Language;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Derivation;

/// <summary>Brings the equations of a cell into statements whose derivatives are short: everything that a backward pass needs has a name.</summary>
/// <remarks>
/// A function stands at the root of a statement, so that its derivative can be said in terms of the output. A product of
/// matrices is a statement's value, a term of it or of a function's argument, and its vector has a name.
/// </remarks>
internal sealed class ForwardSteps
{
    private readonly Scope _scope;
    private readonly List<Statement> _statements = [];
    private readonly Dictionary<Expression, string> _named = [];

    private ForwardSteps(Scope scope) => _scope = scope;

    /// <summary>The statements of a cell; the names they add are declared.</summary>
    public static ValueList<Statement> Of(CellText cell, Scope scope)
    {
        var steps = new ForwardSteps(scope);
        foreach (var equation in cell.Equations)
        {
            steps.Add(equation);
        }

        return [.. steps._statements];
    }

    private void Add(EquationLine equation)
    {
        if (equation.Targets.Count > 1)
        {
            AddSplit(equation);
            return;
        }

        var target = _scope[equation.Targets[0]];
        var value = equation.Value switch
        {
            // The total adjoint of a state and that of what its function is applied to are two things, with two names.
            Apply apply when target.Role == VariableRole.State && apply.Argument is not Reference =>
                apply with { Argument = Named(Linear(apply.Argument), "z", "a" + target.Name) },
            _ => Root(equation.Value),
        };
        if (_scope.ShapeOf(value).IsScalar && target.Shape.IsVector)
        {
            value = new Spread(value, target.Shape.Last);
        }

        _statements.Add(new(new(target.Name), value));
    }

    private void AddSplit(EquationLine equation)
    {
        var whole = equation.Value is Reference ? equation.Value : Named(Linear(equation.Value), CommonBeginning(equation.Targets), "parts");
        var start = Dimension.Zero;
        foreach (var name in equation.Targets)
        {
            var length = _scope[name].Shape.Last;
            _statements.Add(new(new(name), new Slice(whole, start, length)));
            start += length;
        }
    }

    // The whole value of a statement.
    private Expression Root(Expression expression)
    {
        return expression switch
        {
            Apply { Argument: not Reference, Function.NeedsArgument: true } apply => apply with { Argument = Name(apply.Argument) },
            Apply apply => apply with { Argument = Linear(apply.Argument) },
            FeatureSum sum => sum with { Operand = Elements(sum.Operand) },
            Quotient quotient => new Quotient(Elements(quotient.Numerator), Elements(quotient.Denominator)),
            Join join => new Join([.. join.Blocks.Select(Elements)]),
            Slice { Operand: not Reference } slice => slice with { Operand = Name(slice.Operand) },
            _ => Linear(expression),
        };
    }

    // Products may be terms here.
    private Expression Linear(Expression expression)
    {
        return expression switch
        {
            Sum sum => sum.WithOperands([.. sum.Terms.Select(term => Linear(term.Value))]),
            MatrixProduct product => Product(product),
            _ => Elements(expression),
        };
    }

    private MatrixProduct Product(MatrixProduct product) => new(Factor(product.Left), Factor(product.Right));

    private Expression Factor(Expression factor) => factor is Reference or Transpose ? factor : Name(factor);

    // Element by element: what has to be kept gets a name.
    private Expression Elements(Expression expression)
    {
        return expression switch
        {
            Number or Reference => expression,
            Slice { Operand: Reference } => expression,
            Sum or Times or Power when !expression.Operands.Any(HasProduct) => expression.WithOperands([.. expression.Operands.Select(Elements)]),
            Times or Power => expression.WithOperands([.. expression.Operands.Select(operand => HasProduct(operand) ? Name(operand) : Elements(operand))]),
            Quotient { Denominator: Number } quotient => new Quotient(Elements(quotient.Numerator), quotient.Denominator),
            _ => Name(expression),
        };
    }

    private static bool HasProduct(Expression expression) => expression.Parts().Any(part => part is MatrixProduct);

    private Reference Name(Expression expression)
    {
        var value = Root(expression);
        return _named.TryGetValue(value, out var name) ? new(name) : Named(value, Suggestion(value));
    }

    // By the first of some names that is free, when the parts of the value have got theirs.
    private Reference Named(Expression value, params ReadOnlySpan<string> names)
    {
        var name = FreeName(names);
        _scope.Declare(new(name, VariableRole.Value, _scope.ShapeOf(value)));
        _statements.Add(new(new(name), value));
        _named.TryAdd(value, name);
        return new(name);
    }

    // tanhc for tanh(c), rh for r ⊙ h, hx for [h; x].
    private static string Suggestion(Expression value)
    {
        return value switch
        {
            Apply { Argument: Reference argument } apply => apply.Function.Name + argument.Name,
            FeatureSum { Operand: Reference operand } sum => (sum.IsMean ? "mean" : "sum") + operand.Name,
            FeatureSum { IsMean: true, Operand: Power { Base: Reference operand, Exponent: 2 } } => "meansq" + operand.Name,
            Times or Join when value.Operands.Count <= 3 && value.Operands.All(operand => operand is Reference) => string.Concat(value.Operands.Select(operand => ((Reference)operand).Name)),
            MatrixProduct { Left: Reference left, Right: Reference or Transpose } when left.Name.Length <= 2 => left.Name + "W",
            _ => "u",
        };
    }

    // The first of some names that is free, or the last with a number.
    private string FreeName(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (name.Length > 0 && IsFree(name))
            {
                return name;
            }
        }

        for (var i = 2; ; i++)
        {
            var name = names[^1] + i.ToString(CultureInfo.InvariantCulture);
            if (IsFree(name))
            {
                return name;
            }
        }
    }

    // Nor may it be the name of an adjoint: d ⊙ w is not dw.
    private bool IsFree(string name)
    {
        return name != CellParser.Output && !_scope.TryGet(name, out _) && !_scope.TryGet(AdjointNames.Of(name), out _) && !_scope.Variables.Any(variable => AdjointNames.Of(variable.Name) == name);
    }

    private static string CommonBeginning(ValueList<string> names)
    {
        var length = 0;
        while (names.All(name => length < name.Length && name[length] == names[0][length]))
        {
            length++;
        }

        return names[0][..length];
    }
}

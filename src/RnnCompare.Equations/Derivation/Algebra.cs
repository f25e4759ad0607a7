using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Derivation;

/// <summary>Makes expressions in the form in which a person writes them: no 0 added, no 1 multiplied, signs in front, common factors once.</summary>
public static class Algebra
{
    /// <summary>a + b.</summary>
    public static Expression Add(params ReadOnlySpan<Expression> terms)
    {
        var flat = new List<Term>();
        foreach (var term in terms)
        {
            Flatten(term, false, flat);
        }

        return SumOf(flat);
    }

    /// <summary>a − b.</summary>
    public static Expression Subtract(Expression a, Expression b) => Add(a, Negate(b));

    /// <summary>−a.</summary>
    public static Expression Negate(Expression a)
    {
        var flat = new List<Term>();
        Flatten(a, true, flat);
        return SumOf(flat);
    }

    /// <summary>1 − a.</summary>
    public static Expression OneMinus(Expression a) => Subtract(new Number(1), a);

    /// <summary>a ⊙ b ⊙ …</summary>
    public static Expression Multiply(params ReadOnlySpan<Expression> factors)
    {
        var (constant, isNegative) = (1.0, false);
        var flat = new List<Expression>();
        Expression? denominator = null;
        foreach (var factor in factors)
        {
            Collect(factor);
        }

        if (constant == 0)
        {
            return new Number(0);
        }

        if (constant != 1)
        {
            flat.Insert(0, new Number(constant));
        }

        Expression product = flat.Count switch
        {
            0 => new Number(1),
            1 => flat[0],
            _ => new Times([.. flat]),
        };
        product = denominator is null ? product : new Quotient(product, denominator);
        return isNegative ? Negate(product) : product;

        void Collect(Expression factor)
        {
            switch (factor)
            {
                case Number number:
                    constant *= Math.Abs(number.Value);
                    isNegative ^= number.Value < 0;
                    break;
                case Times times:
                    foreach (var part in times.Factors)
                    {
                        Collect(part);
                    }

                    break;
                case Sum { Terms: [{ IsNegative: true } single] }:
                    isNegative = !isNegative;
                    Collect(single.Value);
                    break;
                case Quotient quotient:
                    denominator = denominator is null ? quotient.Denominator : denominator.Equals(quotient.Denominator) ? Raise(denominator, 2) : Multiply(denominator, quotient.Denominator);
                    Collect(quotient.Numerator);
                    break;
                default:
                    flat.Add(factor);
                    break;
            }
        }
    }

    /// <summary>a / b.</summary>
    public static Expression Divide(Expression a, Expression b)
    {
        return (a, b) switch
        {
            (Number { Value: 0 }, _) => a,
            (_, Number { Value: 1 }) => a,
            (Sum { Terms: [{ IsNegative: true } single] }, _) => Negate(Divide(single.Value, b)),
            (Quotient quotient, _) => new Quotient(quotient.Numerator, quotient.Denominator.Equals(b) ? Raise(b, 2) : Multiply(quotient.Denominator, b)),
            _ => new Quotient(a, b),
        };
    }

    /// <summary>aᵏ.</summary>
    public static Expression Raise(Expression a, double exponent)
    {
        return (a, exponent) switch
        {
            (_, 0) => new Number(1),
            (_, 1) => a,
            (Number number, _) => new Number(Math.Pow(number.Value, exponent)),
            _ => new Power(a, exponent),
        };
    }

    /// <summary>The sum over the elements of a vector.</summary>
    public static Expression SumOverFeatures(Expression a) => SignInFront(a, operand => new FeatureSum(operand, IsMean: false));

    /// <summary>The sum over the sequences.</summary>
    public static Expression SumOverBatch(Expression a) => SignInFront(a, operand => new BatchSum(operand));

    /// <summary>f(a).</summary>
    public static Expression Apply(Function function, Expression argument) => new Apply(function, argument);

    private static Expression SignInFront(Expression a, Func<Expression, Expression> make)
    {
        return a is Sum { Terms: [{ IsNegative: true } single] } ? Negate(make(single.Value)) : make(a);
    }

    /// <summary>The sum with what all its terms have in common taken out: a ⊙ b − a ⊙ c becomes a ⊙ (b − c).</summary>
    public static Expression TakeOutCommonFactors(Expression expression)
    {
        if (expression is not Sum { Terms.Count: > 1 } sum)
        {
            return expression;
        }

        var factors = sum.Terms.Select(term => FactorsOf(term.Value).ToList()).ToList();
        var common = new List<Expression>();
        foreach (var candidate in factors[0].ToList())
        {
            if (candidate is not Number && factors.All(list => list.Contains(candidate)))
            {
                common.Add(candidate);
                factors.ForEach(list => list.Remove(candidate));
            }
        }

        if (common.Count == 0)
        {
            return TakeOutFirstFactors(sum);
        }

        var rest = factors.Select((list, i) => new Term(Multiply([.. list]), sum.Terms[i].IsNegative)).ToList();
        return Multiply([.. common, SumOf(rest)]);
    }

    // Where not all terms have a factor in common, those that begin with the same one may be taken together.
    private static Expression TakeOutFirstFactors(Sum sum)
    {
        var groups = sum.Terms.GroupBy(term => term.Value is Times { Factors: [Reference first, ..] } ? (object)first : term).ToList();
        return groups.All(group => group.Count() == 1)
            ? sum
            : Add([.. groups.Select(group => group.Count() == 1 ? SumOf([.. group]) : TakeOutCommonFactors(SumOf([.. group])))]);
    }

    private static ValueList<Expression> FactorsOf(Expression expression) => expression is Times times ? times.Factors : [expression];

    private static void Flatten(Expression expression, bool isNegative, List<Term> terms)
    {
        switch (expression)
        {
            case Sum sum:
                foreach (var term in sum.Terms)
                {
                    Flatten(term.Value, isNegative ^ term.IsNegative, terms);
                }

                break;
            case Number { Value: < 0 } number:
                terms.Add(new(new Number(-number.Value), !isNegative));
                break;
            default:
                terms.Add(new(expression, isNegative));
                break;
        }
    }

    private static Expression SumOf(List<Term> terms)
    {
        var constant = 0.0;
        var kept = new List<Term>();
        var place = -1;
        foreach (var term in terms)
        {
            if (term.Value is Number number)
            {
                place = place < 0 ? kept.Count : place;
                constant += term.IsNegative ? -number.Value : number.Value;
            }
            else if (kept.IndexOf(term with { IsNegative = !term.IsNegative }) is >= 0 and var opposite)
            {
                kept.RemoveAt(opposite);
            }
            else
            {
                kept.Add(term);
            }
        }

        if (constant != 0)
        {
            kept.Insert(Math.Min(place, kept.Count), new(new Number(Math.Abs(constant)), constant < 0));
        }

        if (kept.Count == 0)
        {
            return new Number(0);
        }

        // A positive term goes first, where there is one.
        if (kept[0].IsNegative && kept.FindIndex(term => !term.IsNegative) is > 0 and var positive)
        {
            var first = kept[positive];
            kept.RemoveAt(positive);
            kept.Insert(0, first);
        }

        return kept is [{ IsNegative: false } only] ? only.Value : kept is [{ Value: Number value }] ? new Number(-value.Value) : new Sum([.. kept]);
    }
}

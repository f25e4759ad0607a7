using System.Globalization;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Reads one side of an equation. The grammar stands in the manual, docs/equations.md.</summary>
/// <param name="reader">The tokens.</param>
/// <param name="map">Takes the places of what is read.</param>
/// <param name="states">The states of the cell.</param>
/// <param name="vectors">The names known to be vectors: input, states and values of earlier equations. Every other name is a weight.</param>
internal sealed class ExpressionParser(TokenReader reader, SourceMap map, IReadOnlySet<string> states, IReadOnlySet<string> vectors)
{
    public Expression Read()
    {
        var position = reader.Next.Position;
        var terms = new List<Term> { new(ReadTermAfter(reader.TakeIf("-"), out var isNegative), isNegative) };
        while (reader.Next.Is("+") || reader.Next.Is("-"))
        {
            var minus = reader.Take().Is("-");
            terms.Add(new(ReadTerm(), minus));
        }

        return terms is [{ IsNegative: false } only] ? only.Value : map.Mark(new Sum([.. terms]), position);
    }

    private Expression ReadTermAfter(bool minus, out bool isNegative)
    {
        isNegative = minus;
        return ReadTerm();
    }

    // Factors of elements, each of which may be a product of matrices. To mix the two without parentheses is refused,
    // because mathematics and NumPy read it differently.
    private Expression ReadTerm()
    {
        var position = reader.Next.Position;
        var (result, isProduct) = ReadProduct();
        while (reader.Next.Is("⊙") || reader.Next.Is("/"))
        {
            var sign = reader.Take();
            var (factor, factorIsProduct) = ReadProduct();
            if ((isProduct && factor is not Number) || (factorIsProduct && result is not Number))
            {
                throw new EquationException($"'·' and '{sign.Text}' stand in one term: put parentheses, (a ⊙ b)·W or a ⊙ (b·W).", sign.Position);
            }

            isProduct |= factorIsProduct;
            result = sign.Is("/") ? new Quotient(result, factor)
                : result is Times times && !reader.Next.Is("·") ? new Times([.. times.Factors, factor])
                : new Times([result, factor]);
            map.Mark(result, position);
        }

        return result;
    }

    private (Expression Product, bool IsProduct) ReadProduct()
    {
        var position = reader.Next.Position;
        var factors = new List<Expression> { ReadPower() };
        while (reader.TakeIf("·"))
        {
            factors.Add(ReadPower());
        }

        if (factors.Count == 1)
        {
            return (factors[0], false);
        }

        // From the side on which the vector stands: (x·U)·V, but U·(V·x).
        if (IsWeight(factors[0]) && !IsWeight(factors[^1]))
        {
            return (factors.AsEnumerable().Reverse().Aggregate((right, left) => map.Mark(new MatrixProduct(left, right), position)), true);
        }

        return (factors.Aggregate((left, right) => map.Mark(new MatrixProduct(left, right), position)), true);
    }

    private bool IsWeight(Expression expression)
    {
        return expression switch
        {
            Transpose transpose => IsWeight(transpose.Operand),
            Reference reference => !vectors.Contains(reference.Name),
            _ => false,
        };
    }

    private Expression ReadPower()
    {
        var position = reader.Next.Position;
        if (reader.TakeIf("-"))
        {
            return map.Mark(new Sum([new(ReadPower(), true)]), position);
        }

        var result = ReadPostfix();
        if (!reader.TakeIf("^"))
        {
            return result;
        }

        var sign = reader.TakeIf("-") ? -1 : 1;
        return reader.Next.Kind == TokenKind.Number
            ? map.Mark(new Power(result, sign * Value(reader.Take())), position)
            : throw reader.Expected("a number as the exponent");
    }

    private Expression ReadPostfix()
    {
        var position = reader.Next.Position;
        var result = ReadPrimary();
        while (true)
        {
            if (reader.TakeIf("ᵀ"))
            {
                result = result is Transpose twice ? twice.Operand : map.Mark(new Transpose(result), position);
            }
            else if (reader.Next.Is("[") && reader.After is not { Kind: TokenKind.Name, Text: "t" })
            {
                reader.Take();
                var start = DimensionParser.Read(reader);
                reader.TakeSign(":", "between the first element of a part and the one after its last");
                var end = DimensionParser.Read(reader);
                reader.TakeSign("]", "after a part");
                result = map.Mark(new Slice(result, start, end - start), position);
            }
            else
            {
                return result;
            }
        }
    }

    private Expression ReadPrimary()
    {
        var token = reader.Next;
        switch (token)
        {
            case { Kind: TokenKind.Number }:
                return map.Mark(new Number(Value(reader.Take())), token.Position);
            case { Kind: TokenKind.Name } when reader.After.Is("("):
                return ReadCall();
            case { Kind: TokenKind.Name }:
                return ReadName();
            case { Kind: TokenKind.Sign, Text: "(" }:
                reader.Take();
                var inner = Read();
                reader.TakeSign(")", "after what '(' opened");
                return inner;
            case { Kind: TokenKind.Sign, Text: "[" }:
                reader.Take();
                var blocks = new List<Expression> { Read() };
                while (reader.TakeIf(";") || reader.TakeIf(","))
                {
                    blocks.Add(Read());
                }

                reader.TakeSign("]", "after the vectors that are joined");
                return blocks.Count == 1 ? blocks[0] : map.Mark(new Join([.. blocks]), token.Position);
            default:
                throw reader.Expected("a name, a number, '(' or '['");
        }
    }

    private Expression ReadCall()
    {
        var name = reader.Take();
        reader.Take();
        if (name.Text is "sum" or "mean")
        {
            var operand = Read();
            reader.TakeSign(")", $"after the argument of {name.Text}");
            return map.Mark(new FeatureSum(operand, name.Text == "mean"), name.Position);
        }

        var function = Function.Named(name.Text)
            ?? throw new EquationException($"Unknown function '{name.Text}'; known: {string.Join(", ", Function.All)}, sum and mean. (A product needs a sign: ⊙ or *, · or @.)", name.Position);
        var argument = Read();
        reader.TakeSign(")", $"after the argument of {name.Text}");
        return map.Mark(new Apply(function, argument), name.Position);
    }

    private Reference ReadName()
    {
        var name = reader.Take();
        var isState = states.Contains(name.Text);
        var shift = isState ? -1 : 0;
        if (reader.Next.Is("'") || (reader.Next.Is("[") && reader.After is { Kind: TokenKind.Name, Text: "t" }))
        {
            if (!isState)
            {
                throw new EquationException($"'{name.Text}' is not a state: only states are known of two steps ({(states.Count == 0 ? "none is declared" : string.Join(", ", states))}).", name.Position);
            }

            shift = ReadStep(reader);
        }

        return map.Mark(new Reference(name.Text, shift), name.Position);
    }

    /// <summary>Reads h' or h[t], which is 0, or h[t-1], which is −1.</summary>
    public static int ReadStep(TokenReader reader)
    {
        if (reader.TakeIf("'"))
        {
            return 0;
        }

        reader.Take();
        reader.Take();
        if (reader.TakeIf("]"))
        {
            return 0;
        }

        reader.TakeSign("-", "or ']' after 't'");
        var one = reader.Take();
        if (one.Text != "1")
        {
            throw new EquationException($"{one.Shown} stands here, but 1 is expected: only the step before is known.", one.Position);
        }

        reader.TakeSign("]", "after t-1");
        return -1;
    }

    internal static double Value(Token token) => double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

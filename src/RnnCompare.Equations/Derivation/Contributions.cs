using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Derivation;

/// <summary>What the statements after a value add to its adjoint: for the whole value, or for a part of it.</summary>
internal sealed class Contributions
{
    private readonly List<Expression> _whole = [];
    private readonly List<(Dimension Start, Dimension Length, Expression Value)> _parts = [];

    public void Add(Expression value) => _whole.Add(value);

    public void AddPart(Dimension start, Dimension length, Expression value) => _parts.Add((start, length, value));

    /// <summary>Their sum, what came first in front; null where there is nothing.</summary>
    public Expression? Total(Dimension length) => Total(_whole, length);

    /// <summary>Their sum in the order of the forward statements.</summary>
    public Expression? TotalInForwardOrder(Dimension length) => Total(_whole.AsEnumerable().Reverse(), length);

    private Expression? Total(IEnumerable<Expression> whole, Dimension length)
    {
        List<Expression> terms = [.. whole];
        terms.AddRange(JoinedParts(length));
        if (terms.Count == 0)
        {
            return null;
        }

        var total = Algebra.TakeOutCommonFactors(Algebra.Add([.. terms]));
        return total is Number { Value: 0 } ? null : total;
    }

    // The parts behind each other, with zeros where nothing depends on an element; those that may overlap in vectors of their own.
    private IEnumerable<Expression> JoinedParts(Dimension length)
    {
        var open = _parts.ToList();
        while (open.Count > 0)
        {
            var (blocks, end) = (new List<Expression>(), Dimension.Zero);
            while (NextBehind(open, end, isFirst: blocks.Count == 0) is { } next)
            {
                var same = open.Where(part => part.Start.Equals(next.Start) && part.Length.Equals(next.Length)).ToList();
                AddZeros(blocks, next.Start - end);
                blocks.Add(Algebra.Add([.. same.Select(part => part.Value)]) is var sum && sum is Number ? new Spread(sum, next.Length) : sum);
                open.RemoveAll(same.Contains);
                end = next.Start + next.Length;
            }

            AddZeros(blocks, length - end);
            yield return blocks.Count == 1 ? blocks[0] : new Join([.. blocks]);
        }
    }

    // The nearest of the parts that certainly begin at an element or behind it; as the first, any.
    private static (Dimension Start, Dimension Length, Expression Value)? NextBehind(List<(Dimension Start, Dimension Length, Expression Value)> open, Dimension end, bool isFirst)
    {
        var behind = open.Where(part => part.Start.Equals(end) || end.IsLessThan(part.Start)).ToList();
        behind = behind.Count == 0 && isFirst ? open : behind;
        return behind.Count == 0 ? null : behind.First(part => !behind.Any(other => other.Start.IsLessThan(part.Start)));
    }

    private static void AddZeros(List<Expression> blocks, Dimension length)
    {
        if (!length.Equals(Dimension.Zero))
        {
            blocks.Add(new Spread(new Number(0), length));
        }
    }
}

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
        if (_parts.Count > 0)
        {
            terms.Add(JoinParts(length));
        }

        if (terms.Count == 0)
        {
            return null;
        }

        var total = Algebra.TakeOutCommonFactors(Algebra.Add([.. terms]));
        return total is Number { Value: 0 } ? null : total;
    }

    // The parts behind each other, with zeros where nothing depends on an element.
    private Expression JoinParts(Dimension length)
    {
        var blocks = new List<Expression>();
        var end = Dimension.Zero;
        var open = _parts.ToList();
        while (open.Count > 0)
        {
            var here = open.Where(part => part.Start.Equals(end)).ToList();
            if (here.Count > 0)
            {
                if (here.Any(part => !part.Length.Equals(here[0].Length)))
                {
                    throw new NotSupportedException($"Parts of one value overlap at element {end}.");
                }

                blocks.Add(Algebra.Add([.. here.Select(part => part.Value)]));
                end += here[0].Length;
                open.RemoveAll(here.Contains);
                continue;
            }

            // The gap ends where the nearest part begins, as far as letters can be compared.
            var next = open.Select(part => part.Start).FirstOrDefault(start => open.All(part => !part.Start.IsLessThan(start)));
            if (next is null || !end.IsLessThan(next))
            {
                throw new NotSupportedException($"Parts of one value overlap at element {end}.");
            }

            blocks.Add(new Spread(new Number(0), next - end));
            end = next;
        }

        if (!end.Equals(length))
        {
            blocks.Add(new Spread(new Number(0), length - end));
        }

        return blocks.Count == 1 ? blocks[0] : new Join([.. blocks]);
    }
}

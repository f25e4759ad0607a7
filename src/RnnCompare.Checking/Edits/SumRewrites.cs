using RnnCompare.Equations.Expressions;

namespace RnnCompare.Checking.Edits;

/// <summary>Every way in which a sum may be typed otherwise: terms that are missing, of another sign or size, or lost where the next is assigned.</summary>
internal static class SumRewrites
{
    private const int MostTerms = 5;

    /// <summary>The rewrites of a sum.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="path">Where it stands in its statement.</param>
    /// <param name="factors">Numbers by which values are multiplied by mistake.</param>
    public static IEnumerable<Rewrite> Of(Sum sum, IReadOnlyList<int> path, IReadOnlyList<double> factors)
    {
        var count = sum.Terms.Count;
        foreach (var kept in ExpressionRewrites.Subsets(count))
        {
            yield return Rewrite.At(SlipKinds.Term, path, other => other is Sum { Terms: var terms } && terms.Count == count ? Kept(terms, kept) : null);
        }

        foreach (var turned in count <= MostTerms ? ExpressionRewrites.Subsets(count).Append([.. Enumerable.Range(0, count)]) : Enumerable.Range(0, count).Select(i => (int[])[i]).Append([.. Enumerable.Range(0, count)]))
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

    // Of each term: all of it, the last round of its loop, nothing; at least one is the last round alone. Or, of one product, the rounds since the element's own.
    private static IEnumerable<Round[]> Rounds(ValueList<Term> terms)
    {
        var choices = terms.Select(term => term.Value is MatrixProduct ? Enum.GetValues<Round>() : [Round.All, Round.None]);
        var all = choices.Aggregate((IEnumerable<Round[]>)[[]], (sets, next) => sets.SelectMany(set => next.Select(round => (Round[])[.. set, round])));
        return terms.Count > MostTerms ? [] : all.Where(rounds => rounds.Contains(Round.Own) ? rounds.Count(round => round == Round.Own) == 1 && !rounds.Contains(Round.Last) : rounds.Contains(Round.Last));
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
                case (Round.Own, MatrixProduct product):
                    left.Add(terms[i] with { Value = SinceOwnRound(product) });
                    break;
                case (Round.Last or Round.Own, _):
                    return null;
            }
        }

        return left is [{ IsNegative: false } only] ? only.Value : new Sum([.. left]);
    }

    private enum Round
    {
        All,
        Last,
        Own,
        None,
    }

    // x·W where element k has lost what the rounds before number k had added.
    private static MatrixProduct SinceOwnRound(MatrixProduct product)
    {
        return product.Right is Reference or Transpose
            ? product with { Right = new ReadMatrix(product.Right, MatrixReading.Lower) }
            : product with { Left = new ReadMatrix(product.Left, MatrixReading.Upper) };
    }

    // x·W of which only the last element of x counts.
    private static MatrixProduct LastRound(MatrixProduct product)
    {
        return product.Right is Reference or Transpose
            ? product with { Left = new Selected(product.Left, StepAxis.Feature, Places.Last) }
            : product with { Right = new Selected(product.Right, StepAxis.Feature, Places.Last) };
    }
}

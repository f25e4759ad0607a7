using System.Globalization;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Printing;

/// <summary>Prints expressions in the language in which they are read.</summary>
public static class TextPrinter
{
    // How tightly an expression holds together.
    private const int SumLevel = 0;
    private const int TimesLevel = 1;
    private const int ProductLevel = 2;
    private const int PowerLevel = 3;
    private const int PrimaryLevel = 4;

    /// <summary>The expression as text.</summary>
    public static string Print(Expression expression)
    {
        return expression switch
        {
            Number number => number.Value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal),
            Size size => size.Length.Letters.Count() + (size.Length.Constant == 0 ? 0 : 1) > 1 ? $"({size.Length})" : size.Length.ToString(),
            Reference reference => reference.Name + StepOf(reference.Shift) + (reference.Beside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[j{reference.Beside:+0;-0}]")),
            Sum sum => string.Concat(sum.Terms.Select(PrintTerm)),
            Times { Factors: [Number { Value: 0 }, ..] } => "0",
            Times times => string.Join(" ⊙ ", times.Factors.Select(factor => Inside(factor, PowerLevel))),
            Quotient quotient => $"{Inside(quotient.Numerator, TimesLevel)} / {Inside(quotient.Denominator, PowerLevel)}",
            Power { Exponent: 0 } => "1",
            Power power => Inside(power.Base, PrimaryLevel) + Exponent(power.Exponent),
            Apply apply => $"{apply.Function.Name}({Print(apply.Argument)})",
            MatrixProduct product => $"{Inside(product.Left, product.Left is MatrixProduct ? ProductLevel : PowerLevel)}·{Inside(product.Right, PowerLevel)}",
            Transpose transpose => Inside(transpose.Operand, PrimaryLevel) + "ᵀ",
            Join join => $"[{string.Join("; ", join.Blocks.Select(Print))}]",
            Slice slice => $"{Inside(slice.Operand, PrimaryLevel)}[{slice.Start}:{slice.Start + slice.Length}]",
            FeatureSum sum => $"{(sum.IsMean ? "mean" : "sum")}({Print(sum.Operand)})",
            BatchSum sum => $"Σ_b {Inside(sum.Operand, PrimaryLevel)}",
            Spread spread => Print(spread.Operand),
            Selected selected => Inside(selected.Operand, PrimaryLevel) + PlacesOf(selected),
            Reindexed read => IndicesOf(read),
            ReadMatrix read => Inside(read.Matrix, PrimaryLevel) + read.Reading switch { MatrixReading.Lower => "[i ≥ j]", MatrixReading.Upper => "[i ≤ j]", _ => "[j, i of the flat array]" },
            RunningSum sum => $"{Inside(sum.Operand, TimesLevel)} + {(sum.Before is { } before ? $"({Print(before)} of b = B, and of every earlier b)" : "(that of every earlier b)")}",
            _ => throw new NotSupportedException(expression?.GetType().Name),
        };
    }

    /// <summary>How the step of a name is written: nothing for this one, <c>[t-1]</c> for the one before.</summary>
    private static string StepOf(int shift) => shift == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[t{shift:+0;-0}]");

    // Which places of (t, b, j) are not zero: the first of them is 1, as in the formulas of papers.
    private static string PlacesOf(Selected selected)
    {
        var (index, last) = selected.Axis switch { StepAxis.Step => ("t", "T"), StepAxis.Sequence => ("b", "B"), _ => ("j", "n") };
        return selected.Kept switch
        {
            Places.First => $"[{index} = 1]",
            Places.Last => $"[{index} = {last}]",
            Places.Second => $"[{index} = 2]",
            Places.LastButOne => $"[{index} = {last}-1]",
            Places.AllButFirst => $"[{index} > 1]",
            Places.AllButFirstTwo => $"[{index} > 2]",
            Places.AllButLastTwo => $"[{index} < {last}-1]",
            _ => $"[{index} < {last}]",
        };
    }

    // dh[j ← t]: the indices that are typed in place of the value's own.
    private static string IndicesOf(Reindexed read)
    {
        (StepAxis Own, AxisIndex Index)[] indices = [(StepAxis.Step, read.Step), (StepAxis.Sequence, read.Sequence), (StepAxis.Feature, read.Feature)];
        return $"{Print(read.Operand)}[{string.Join(", ", indices.Where(index => index.Index.Axis != index.Own).Select(index => $"{AxisIndex.Of(index.Own)} ← {index.Index}"))}]";
    }

    private static string PrintTerm(Term term, int index)
    {
        var sign = (index, term.IsNegative) switch { (0, false) => "", (0, true) => "−", (_, false) => " + ", _ => " − " };
        return sign + Inside(term.Value, TimesLevel);
    }

    private static string Inside(Expression expression, int least)
    {
        var level = expression switch
        {
            Sum => SumLevel,
            Times { Factors: [Number { Value: 0 }, ..] } => PrimaryLevel,
            Times or Quotient => TimesLevel,
            MatrixProduct or BatchSum => ProductLevel,
            Power or Transpose => PowerLevel,
            _ => PrimaryLevel,
        };
        return level < least ? $"({Print(expression)})" : Print(expression);
    }

    private static string Exponent(double exponent)
    {
        return exponent switch
        {
            2 => "²",
            3 => "³",
            _ => "^" + exponent.ToString("R", CultureInfo.InvariantCulture),
        };
    }
}

using System.Globalization;
using System.Text;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>Prints a cell with both of its passes as two <c>aligned</c> blocks for LaTeX (package amsmath).</summary>
public static class LatexText
{
    /// <summary>The text, with a line break after every line.</summary>
    public static string Print(CellEquations cell, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var readOut = cell.LossProgram(loss);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"% {cell.Name}{(cell.Source.Length > 0 ? ": " + cell.Source : "")}");
        AppendBlock("forward, t = 1, ..., T", [(cell.Step, cell.Step.Forward), (readOut, readOut.Forward)]);
        AppendBlock("backward, t = T, ..., 1", [(readOut, readOut.Backward), (cell.Step, cell.Step.Backward)]);
        return text.ToString();

        void AppendBlock(string title, IEnumerable<(StepProgram Program, ValueList<Statement> Statements)> parts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"% {title}");
            text.AppendLine(@"\begin{align*}");
            text.AppendJoin(@" \\" + Environment.NewLine, parts.SelectMany(part => part.Statements.Select(statement =>
            {
                var printer = new LatexPrinter(part.Program.Scope);
                return $"  {printer.Print(statement.Target)} &{(statement.Adds ? @"\mathrel{+}=" : "=")} {printer.Print(statement.Value)}";
            })));
            text.AppendLine();
            text.AppendLine(@"\end{align*}");
        }
    }
}

/// <summary>Prints expressions for LaTeX.</summary>
internal sealed class LatexPrinter(Scope scope)
{
    public string Print(Expression expression)
    {
        return expression switch
        {
            Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
            Size size => size.Length.ToString(),
            Reference reference => Name(reference),
            Sum sum => string.Concat(sum.Terms.Select((term, i) => (i, term.IsNegative) switch { (0, false) => "", (_, true) => i == 0 ? "-" : " - ", _ => " + " } + Print(term.Value))),
            Times times => string.Join(@" \odot ", times.Factors.Select(factor => factor is Sum ? Parenthesised(factor) : Print(factor))),
            Quotient quotient => $@"\frac{{{Print(quotient.Numerator)}}}{{{Print(quotient.Denominator)}}}",
            Power power => $"{{{(power.Base is Reference ? Print(power.Base) : Parenthesised(power.Base))}}}^{{{power.Exponent.ToString("R", CultureInfo.InvariantCulture)}}}",
            Apply apply => $@"{apply.Function.Latex}{Parenthesised(apply.Argument)}",
            MatrixProduct product => $@"{Factor(product.Left)} \, {Factor(product.Right)}",
            Transpose transpose => $@"{{{(transpose.Operand is Reference ? Print(transpose.Operand) : Parenthesised(transpose.Operand))}}}^{{\top}}",
            Join join => $@"\left[{string.Join(@";\; ", join.Blocks.Select(Print))}\right]",
            Slice slice => $@"{(slice.Operand is Reference ? Print(slice.Operand) : Parenthesised(slice.Operand))}\left[{slice.Start}{{:}}{slice.Start + slice.Length}\right]",
            FeatureSum sum => $@"\operatorname{{{(sum.IsMean ? "mean" : "sum")}}}{Parenthesised(sum.Operand)}",
            BatchSum sum => $@"\textstyle\sum_b {(sum.Operand is Reference ? Print(sum.Operand) : Parenthesised(sum.Operand))}",
            Spread spread => Print(spread.Operand),
            _ => throw new NotSupportedException(expression?.GetType().Name),
        };
    }

    private string Parenthesised(Expression expression) => $@"\left({Print(expression)}\right)";

    private string Factor(Expression expression) => expression is Sum or Times or Quotient ? Parenthesised(expression) : Print(expression);

    // Letters before the first are subscripts of weights (Wxi is W with xi below), adjoints have a δ, and all but weights have their step.
    private string Name(Reference reference)
    {
        var role = scope[reference.Name].Role;
        var name = reference.Name;
        var prefix = "";
        if (role is VariableRole.Adjoint or VariableRole.Carry or VariableRole.Gradient && name.Length > 1)
        {
            (prefix, name) = (@"\delta ", name[1..]);
        }

        var above = "";
        foreach (var (ending, shown) in new[] { ("Next", "next"), ("Out", "out") })
        {
            if (prefix.Length > 0 && role != VariableRole.Gradient && name.EndsWith(ending, StringComparison.Ordinal))
            {
                (name, above) = (name[..^ending.Length], $@"^{{\mathrm{{{shown}}}}}");
            }
        }

        if (role is VariableRole.Weight or VariableRole.Gradient)
        {
            return prefix + (name.Length == 1 ? name : $@"{name[0]}_{{{Escaped(name[1..])}}}");
        }

        var step = reference.Shift == 0 ? "t" : string.Create(CultureInfo.InvariantCulture, $"t{reference.Shift:+0;-0}");
        return $"{prefix}{(name.Length == 1 ? name : $@"\mathrm{{{Escaped(name)}}}")}{above}_{{{step}}}";
    }

    private static string Escaped(string name) => name.Replace("_", @"\_", StringComparison.Ordinal);
}

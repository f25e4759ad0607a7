using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCompare.Experiments.Slips;

/// <summary>Slips of arithmetic on numbers and matrices.</summary>
internal static class ArithmeticSlips
{
    /// <summary>A product of which one factor remains, or a quotient without its divisor.</summary>
    public static IEnumerable<SourceEdit> FactorDropped(SyntaxNode node, SemanticModel model)
    {
        if (Binary(node, model, SyntaxKind.MultiplyExpression, SyntaxKind.DivideExpression) is not { } product || IsSquare(product))
        {
            yield break;
        }

        yield return SourceEdit.Of(product, product.Left.ToString());
        if (product.IsKind(SyntaxKind.MultiplyExpression))
        {
            yield return SourceEdit.Of(product, product.Right.ToString());
        }
    }

    /// <summary>A sum or difference of which one term remains, with its sign.</summary>
    public static IEnumerable<SourceEdit> TermDropped(SyntaxNode node, SemanticModel model)
    {
        if (Binary(node, model, SyntaxKind.AddExpression, SyntaxKind.SubtractExpression) is { } sum)
        {
            yield return SourceEdit.Of(sum, sum.Left.ToString());
            yield return SourceEdit.Of(sum, sum.IsKind(SyntaxKind.AddExpression) ? sum.Right.ToString() : $"-{sum.Right}");
        }
    }

    /// <summary>Plus for minus, or the reverse.</summary>
    public static IEnumerable<SourceEdit> SignTurned(SyntaxNode node, SemanticModel model)
    {
        if (Binary(node, model, SyntaxKind.AddExpression, SyntaxKind.SubtractExpression) is { } sum)
        {
            yield return SourceEdit.Of(sum.OperatorToken, sum.IsKind(SyntaxKind.AddExpression) ? "-" : "+");
        }
        else if (node is AssignmentExpressionSyntax assignment && model.IsQuantity(assignment.Left)
            && (assignment.IsKind(SyntaxKind.AddAssignmentExpression) || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)))
        {
            yield return SourceEdit.Of(assignment.OperatorToken, assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? "-=" : "+=");
        }
    }

    /// <summary>A minus that is not there.</summary>
    public static IEnumerable<SourceEdit> SignDropped(SyntaxNode node, SemanticModel model)
    {
        if (node is PrefixUnaryExpressionSyntax minus && minus.IsKind(SyntaxKind.UnaryMinusExpression) && model.IsQuantity(minus))
        {
            yield return SourceEdit.Of(minus, minus.Operand.ToString());
        }
    }

    /// <summary>A minus in front of a value that is assigned.</summary>
    public static IEnumerable<SourceEdit> SignAdded(SyntaxNode node, SemanticModel model)
    {
        var value = node switch
        {
            EqualsValueClauseSyntax declared => declared.Value,
            AssignmentExpressionSyntax assigned when assigned.IsKind(SyntaxKind.SimpleAssignmentExpression) => assigned.Right,
            _ => null,
        };
        if (value is BinaryExpressionSyntax or InvocationExpressionSyntax && model.IsQuantity(value))
        {
            yield return SourceEdit.Of(value, value is BinaryExpressionSyntax ? $"-({value})" : $"-{value}");
        }
    }

    /// <summary>A square of which the value remains.</summary>
    public static IEnumerable<SourceEdit> PowerDropped(SyntaxNode node, SemanticModel model)
    {
        if (node is BinaryExpressionSyntax product && IsSquare(product) && model.IsQuantity(product))
        {
            yield return SourceEdit.Of(product, product.Left.ToString());
        }
        else if (node is InvocationExpressionSyntax { ArgumentList.Arguments: [var value, _] } call && IsPower(call))
        {
            yield return SourceEdit.Of(call, value.ToString());
        }
    }

    /// <summary>1 typed for 0 or 2, and the like.</summary>
    public static IEnumerable<SourceEdit> ConstantChanged(SyntaxNode node, SemanticModel model)
    {
        if (node is not LiteralExpressionSyntax { Token.Value: var value } literal || !model.IsQuantity(literal) || literal.Parent is ArgumentSyntax)
        {
            return [];
        }

        string[] others = Convert.ToDouble(value, provider: null) == 1 ? ["0", "2"] : ["1"];
        return others.Select(other => SourceEdit.Of(literal, other));
    }

    private static BinaryExpressionSyntax? Binary(SyntaxNode node, SemanticModel model, SyntaxKind first, SyntaxKind second)
    {
        return node is BinaryExpressionSyntax binary && (binary.IsKind(first) || binary.IsKind(second)) && model.IsQuantity(binary) ? binary : null;
    }

    private static bool IsSquare(BinaryExpressionSyntax product) => product.IsKind(SyntaxKind.MultiplyExpression) && product.Left.IsEquivalentTo(product.Right);

    private static bool IsPower(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Pow" };
}

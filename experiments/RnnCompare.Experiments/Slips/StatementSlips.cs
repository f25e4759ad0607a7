using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCompare.Experiments.Slips;

/// <summary>Slips of whole statements and of the heads of loops.</summary>
internal static class StatementSlips
{
    /// <summary><c>dW = …</c> where <c>dW += …</c> belongs.</summary>
    public static IEnumerable<SourceEdit> Assigned(SyntaxNode node, SemanticModel model) => Assignment(node, model, SyntaxKind.AddAssignmentExpression, "=");

    /// <summary><c>dW += …</c> where <c>dW = …</c> belongs.</summary>
    public static IEnumerable<SourceEdit> Added(SyntaxNode node, SemanticModel model) => Assignment(node, model, SyntaxKind.SimpleAssignmentExpression, "+=");

    /// <summary>The statement is not there.</summary>
    public static IEnumerable<SourceEdit> LeftOut(SyntaxNode node, SemanticModel model)
    {
        if (node is ExpressionStatementSyntax)
        {
            yield return SourceEdit.Of(node, ";");
        }
    }

    /// <summary>The loop begins or ends one round too early or too late.</summary>
    public static IEnumerable<SourceEdit> LoopCut(SyntaxNode node, SemanticModel model)
    {
        if (node is not ForStatementSyntax { Declaration.Variables: [{ Initializer.Value: var first }], Condition: BinaryExpressionSyntax condition } loop)
        {
            yield break;
        }

        var isDown = loop.Incrementors.Any(step => step.IsKind(SyntaxKind.PostDecrementExpression));
        yield return SourceEdit.Of(first, $"{first} {(isDown ? '-' : '+')} 1");
        yield return SourceEdit.Of(condition.Right, $"{condition.Right} {(isDown ? '+' : '-')} 1");
    }

    private static IEnumerable<SourceEdit> Assignment(SyntaxNode node, SemanticModel model, SyntaxKind kind, string typed)
    {
        if (node is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.IsKind(kind) && model.IsQuantity(assignment.Left))
        {
            yield return SourceEdit.Of(assignment.OperatorToken, typed);
        }
    }
}

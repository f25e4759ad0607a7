using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCompare.Experiments.Slips;

/// <summary>Slips of what an expression is made of: an index, a transpose, a name.</summary>
internal static class OperandSlips
{
    /// <summary>An index that is one off, or without its offset.</summary>
    public static IEnumerable<SourceEdit> IndexMoved(SyntaxNode node, SemanticModel model)
    {
        if (node is not ExpressionSyntax index || !model.IsIndex(index) || !index.Ancestors().TakeWhile(outer => outer is not StatementSyntax).Any(outer => outer is BracketedArgumentListSyntax))
        {
            yield break;
        }

        if (index is BinaryExpressionSyntax { Right: LiteralExpressionSyntax } offset && (offset.IsKind(SyntaxKind.AddExpression) || offset.IsKind(SyntaxKind.SubtractExpression)))
        {
            yield return SourceEdit.Of(offset, offset.Left.ToString());
        }
        else if (index is IdentifierNameSyntax && index.Parent is not (BinaryExpressionSyntax { Right: LiteralExpressionSyntax } or MemberAccessExpressionSyntax))
        {
            yield return SourceEdit.Of(index, $"({index} - 1)");
            yield return SourceEdit.Of(index, $"({index} + 1)");
        }
    }

    /// <summary>A matrix for its transpose, or two indices the other way round.</summary>
    public static IEnumerable<SourceEdit> Transposed(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case ElementAccessExpressionSyntax { ArgumentList: { Arguments: [var row, var column] } indices } when model.IsQuantity(node):
                yield return SourceEdit.Of(indices, $"[{column}, {row}]");
                break;
            case ElementAccessExpressionSyntax { Expression: ElementAccessExpressionSyntax { Expression: var matrix, ArgumentList: var row }, ArgumentList: var column } when model.IsQuantity(node):
                yield return SourceEdit.Of(node, $"{matrix}{column}{row}");
                break;
            case BinaryExpressionSyntax { Left: BinaryExpressionSyntax { Left: IdentifierNameSyntax row } scaled, Right: IdentifierNameSyntax column } when node.IsKind(SyntaxKind.AddExpression) && scaled.IsKind(SyntaxKind.MultiplyExpression) && model.IsIndex((BinaryExpressionSyntax)node):
                yield return SourceEdit.Of(node, $"{column} * {scaled.Right} + {row}");
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "T", Expression: var matrix } when model.IsMatrix(node):
                yield return SourceEdit.Of(node, matrix.ToString());
                break;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Transposed" }, ArgumentList.Arguments: [var matrix] }:
                yield return SourceEdit.Of(node, matrix.ToString());
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Dot", Expression: var left }, ArgumentList.Arguments: [var right] } when model.IsMatrix(node):
                yield return SourceEdit.Of(left, $"{left}.T");
                yield return SourceEdit.Of(right, $"{right}.T");
                break;
        }
    }

    /// <summary>Another variable of the same type, or another key.</summary>
    public static IEnumerable<SourceEdit> NameExchanged(SyntaxNode node, SemanticModel model)
    {
        if (node is LiteralExpressionSyntax { Parent: ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: ElementAccessExpressionSyntax access } } } key && key.IsKind(SyntaxKind.StringLiteralExpression))
        {
            return Keys(access, model).Where(other => other != key.ToString()).Select(other => SourceEdit.Of(key, other));
        }

        return node is IdentifierNameSyntax name && TypeOf(model.GetSymbolInfo(name).Symbol) is { } type
            ? model.LookupSymbols(name.SpanStart).OrderBy(symbol => symbol.Name, StringComparer.Ordinal)
                .Where(symbol => symbol.Name != name.Identifier.Text && SymbolEqualityComparer.Default.Equals(TypeOf(symbol), type) && IsDeclaredBefore(symbol, name))
                .Select(symbol => SourceEdit.Of(name, symbol.Name))
            : [];
    }

    // The keys by which dictionaries of the same type are read in the same method.
    private static IEnumerable<string> Keys(ElementAccessExpressionSyntax access, SemanticModel model)
    {
        var type = model.GetTypeInfo(access.Expression).Type;
        return access.Ancestors().OfType<MethodDeclarationSyntax>().First().DescendantNodes().OfType<ElementAccessExpressionSyntax>()
            .Where(other => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(other.Expression).Type, type))
            .SelectMany(other => other.ArgumentList.Arguments)
            .Select(argument => argument.ToString())
            .Where(text => text.StartsWith('"'))
            .Distinct();
    }

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };

    private static bool IsDeclaredBefore(ISymbol symbol, SyntaxNode use)
    {
        return symbol is IParameterSymbol || symbol.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= use.SpanStart);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCompare.Experiments.Slips;

/// <summary>Which expressions of a program are numbers of its mathematics, and which only count.</summary>
internal static class SourceTypes
{
    /// <summary>Whether an expression is a number or a matrix, after any conversion.</summary>
    public static bool IsQuantity(this SemanticModel model, SyntaxNode expression)
    {
        var type = model.GetTypeInfo(expression).ConvertedType;
        return type is { SpecialType: SpecialType.System_Double } || IsMatrix(type);
    }

    /// <summary>Whether an expression is a matrix of the programs' own type.</summary>
    public static bool IsMatrix(this SemanticModel model, SyntaxNode expression) => IsMatrix(model.GetTypeInfo(expression).Type);

    /// <summary>Whether an expression counts: an index or a size.</summary>
    public static bool IsIndex(this SemanticModel model, ExpressionSyntax expression) => model.GetTypeInfo(expression).Type is { SpecialType: SpecialType.System_Int32 };

    private static bool IsMatrix(ITypeSymbol? type) => type is { Name: "Matrix", ContainingNamespace.Name: "Programs" };
}

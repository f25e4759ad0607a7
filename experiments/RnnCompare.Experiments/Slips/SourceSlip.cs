using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace RnnCompare.Experiments.Slips;

/// <summary>One slip that the backward pass of a program allows.</summary>
/// <param name="Kind">What kind it is of.</param>
/// <param name="Edit">What is typed otherwise.</param>
/// <param name="Statement">The statement, or the head of the loop, that it stands in.</param>
internal sealed record SourceSlip(SlipKind Kind, SourceEdit Edit, TextSpan Statement)
{
    /// <summary>Every slip of every kind in the methods of a program whose names begin with <c>Back</c>.</summary>
    public static IEnumerable<SourceSlip> FindAll(SemanticModel model)
    {
        var nodes = BackwardNodes(model.SyntaxTree).ToArray();
        return SlipKind.All.SelectMany(kind => nodes.SelectMany(node => kind.Find(node, model).Select(edit => new SourceSlip(kind, edit, StatementOf(node)))));
    }

    /// <summary>The nodes of the backward pass.</summary>
    public static IEnumerable<SyntaxNode> BackwardNodes(SyntaxTree tree)
    {
        return tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.Text.StartsWith("Back", StringComparison.Ordinal) && method.Body is not null)
            .SelectMany(method => method.Body!.DescendantNodes());
    }

    /// <summary>The slip in the words of its statement: <c>line 51: dh += dy * V  →  dh = dy * V</c>.</summary>
    public string Describe(SourceText source)
    {
        var before = source.ToString(Statement);
        var start = Edit.Span.Start - Statement.Start;
        var after = before[..start] + Edit.Text + before[(start + Edit.Span.Length)..];
        return $"line {source.Lines.GetLineFromPosition(Edit.Span.Start).LineNumber + 1}, {Kind}: {OneLine(before)}  →  {OneLine(after)}";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static TextSpan StatementOf(SyntaxNode node)
    {
        var statement = node.AncestorsAndSelf().OfType<StatementSyntax>().First();
        return statement switch
        {
            ForStatementSyntax loop => TextSpan.FromBounds(loop.SpanStart, loop.CloseParenToken.Span.End),
            ForEachStatementSyntax loop => TextSpan.FromBounds(loop.SpanStart, loop.CloseParenToken.Span.End),
            IfStatementSyntax choice => TextSpan.FromBounds(choice.SpanStart, choice.CloseParenToken.Span.End),
            _ => statement.Span,
        };
    }
}

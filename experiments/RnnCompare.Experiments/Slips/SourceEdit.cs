using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace RnnCompare.Experiments.Slips;

/// <summary>A stretch of source that reads otherwise.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Text">What stands there instead.</param>
internal readonly record struct SourceEdit(TextSpan Span, string Text)
{
    /// <summary>A node that reads otherwise.</summary>
    public static SourceEdit Of(SyntaxNode node, string text) => new(node.Span, text);

    /// <summary>A token that reads otherwise.</summary>
    public static SourceEdit Of(SyntaxToken token, string text) => new(token.Span, text);
}

using Microsoft.CodeAnalysis;

namespace RnnCompare.Experiments.Slips;

/// <summary>A way in which people mistype an expression.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Find">The edits of this kind that a node of the source allows.</param>
internal sealed record SlipKind(string Name, Func<SyntaxNode, SemanticModel, IEnumerable<SourceEdit>> Find)
{
    /// <summary>Every kind, in the order of tables. A new one is a row here.</summary>
    public static IReadOnlyList<SlipKind> All { get; } =
    [
        new("+= typed as =", StatementSlips.Assigned),
        new("= typed as +=", StatementSlips.Added),
        new("statement left out", StatementSlips.LeftOut),
        new("loop cut short", StatementSlips.LoopCut),
        new("factor dropped", ArithmeticSlips.FactorDropped),
        new("term dropped", ArithmeticSlips.TermDropped),
        new("sign turned", ArithmeticSlips.SignTurned),
        new("sign dropped", ArithmeticSlips.SignDropped),
        new("sign added", ArithmeticSlips.SignAdded),
        new("power dropped", ArithmeticSlips.PowerDropped),
        new("constant changed", ArithmeticSlips.ConstantChanged),
        new("index moved", OperandSlips.IndexMoved),
        new("operand transposed", OperandSlips.Transposed),
        new("name exchanged", OperandSlips.NameExchanged),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

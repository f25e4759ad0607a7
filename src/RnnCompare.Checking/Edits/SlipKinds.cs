namespace RnnCompare.Checking.Edits;

/// <summary>What slips are called, the likeliest first.</summary>
internal static class SlipKinds
{
    public const string Sign = "sign turned";
    public const string Term = "term dropped";
    public const string Factor = "factor dropped";
    public const string Power = "exponent changed";
    public const string Constant = "constant changed";
    public const string Transposed = "operand transposed";
    public const string Step = "step moved";
    public const string Name = "name exchanged";
    public const string Assigned = "assigned in place of added";
    public const string Added = "added in place of assigned";
    public const string LeftOut = "statement left out";
    public const string Stale = "value kept from an earlier step";
    public const string Range = "range of a loop cut";
    public const string Doubled = "factor doubled";
    public const string Scaled = "scaled";
    public const string Value = "another value assigned";
    public const string Element = "element moved";
    public const string Index = "index exchanged";

    /// <summary>How unlikely a kind is.</summary>
    public static int RankOf(string kind) => All.TakeWhile(other => other != kind).Count();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Sign, Term, Factor, Power, Constant, Transposed, Step, Name, Assigned, Added, LeftOut, Stale, Range, Doubled, Scaled, Value, Element, Index];
}

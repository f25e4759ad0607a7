using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>A state as declared.</summary>
internal sealed record StateLine(string Name, Dimension Length, SourcePosition Position);

/// <summary>A weight as declared.</summary>
internal sealed record WeightLine(string Name, ValueList<Dimension> Axes, double Initial, SourcePosition Position);

/// <summary>A weight whose rows are those of others, one below the other.</summary>
internal sealed record StackLine(string Name, ValueList<string> Parts, SourcePosition Position);

/// <summary>A length of the cell's own: a part of another.</summary>
internal sealed record SizeLine(string Letter, Dimension Of, int Divisor, SourcePosition Position);

/// <summary>An equation; with several targets, its value is split among them.</summary>
internal sealed record EquationLine(ValueList<string> Targets, Expression Value, SourcePosition Position);

/// <summary>The lines of a cell's text, read but not yet understood.</summary>
internal sealed class CellText
{
    public string Name { get; set; } = "";

    public string Source { get; set; } = "";

    public SourceMap Map { get; } = new();

    public List<StateLine> States { get; } = [];

    public List<WeightLine> Weights { get; } = [];

    public List<StackLine> Stacks { get; } = [];

    public List<SizeLine> Sizes { get; } = [];

    public List<EquationLine> Equations { get; } = [];

    public EquationLine? ReadOut { get; set; }

    public SourcePosition End { get; set; }
}

namespace RnnCompare.Equations.Expressions;

/// <summary>What a value is at one step: a number, a vector or a matrix; of each sequence, or shared by all as a weight is.</summary>
/// <param name="Axes">None, one or two lengths.</param>
/// <param name="IsShared">Whether all sequences and steps have the same.</param>
public sealed record Shape(ValueList<Dimension> Axes, bool IsShared)
{
    /// <summary>A number that all share.</summary>
    public static Shape Constant { get; } = new([], true);

    /// <summary>A number of each sequence.</summary>
    public static Shape Scalar { get; } = new([], false);

    /// <summary>Whether it is a number.</summary>
    public bool IsScalar => Axes.Count == 0;

    /// <summary>Whether it is a vector.</summary>
    public bool IsVector => Axes.Count == 1;

    /// <summary>Whether it is a matrix.</summary>
    public bool IsMatrix => Axes.Count == 2;

    /// <summary>The length of a vector, or the columns of a matrix; 1 for a number.</summary>
    public Dimension Last => Axes.Count == 0 ? Dimension.Number(1) : Axes[^1];

    /// <summary>A vector of each sequence.</summary>
    public static Shape Vector(Dimension length) => new([length], false);

    /// <summary>A weight of these axes.</summary>
    public static Shape Weight(params ReadOnlySpan<Dimension> axes) => new([.. axes], true);

    /// <summary>The shape of a result whose operands are combined element by element; numbers count in every element.</summary>
    public static Shape Combined(Shape a, Shape b) => new(a.Axes.Count >= b.Axes.Count ? a.Axes : b.Axes, a.IsShared && b.IsShared);

    /// <inheritdoc/>
    public override string ToString() => Axes.Count == 0 ? "a number" : $"({string.Join(", ", Axes)})";
}

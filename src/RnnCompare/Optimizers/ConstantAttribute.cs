namespace RnnCompare.Optimizers;

/// <summary>Marks a property of an optimizer's spec as a constant that can be set by name: its bounds, and what it does, stand here and nowhere else.</summary>
/// <param name="help">What the constant does, in half a line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConstantAttribute(string help) : Attribute
{
    /// <summary>What the constant does, in half a line.</summary>
    public string Help => help;

    /// <summary>The smallest value.</summary>
    public double Least { get; init; }

    /// <summary>What the value must stay below.</summary>
    public double Below { get; init; } = double.PositiveInfinity;

    /// <summary>Whether optimizers differ in their own value, which 0 then keeps.</summary>
    public bool ZeroKeepsOwn { get; init; }

    /// <summary>The bounds in words: <c>at least 0 and below 1</c>.</summary>
    public string Expectation => double.IsPositiveInfinity(Below) ? $"at least {Least}" : $"at least {Least} and below {Below}";

    /// <summary>Whether a value lies within the bounds; NaN does not.</summary>
    public bool Allows(double value) => value >= Least && (value < Below || double.IsPositiveInfinity(Below));
}

namespace RnnCompare.Experiments.Tests.Examples;

/// <summary>The mistakes behind the numbers that the Persian course printed.</summary>
[Flags]
public enum NumberedMistakes
{
    None = 0,

    /// <summary><c>whh-not-transposed</c>: the carry multiplies by W2.</summary>
    CarryNotTransposed = 1,

    /// <summary><c>hidden-wraps-around</c>: the state before step 0 is the last one.</summary>
    StateWrapsAround = 2,

    /// <summary><c>bias-one-step-doubled</c>: <c>dbh += dbh</c> of one name.</summary>
    BiasDoubled = 4,
}

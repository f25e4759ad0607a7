namespace RnnCompare.Checking.Replay;

/// <summary>One gate's block of one array receives another gate's delta.</summary>
/// <param name="Array"><c>Wxh</c>, <c>Whh</c> or <c>bh</c>.</param>
/// <param name="To">The gate whose block it is.</param>
/// <param name="From">The gate whose delta it receives.</param>
internal readonly record struct GateCopy(string Array, int To, int From);

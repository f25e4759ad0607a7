namespace RnnCompare.Checking.Replay;

/// <summary>How the gradient of a bias is added up.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Gates">The gates, as bits, that the rule holds for; the others are right. All for a bias without gates.</param>
/// <param name="Sequence">The batch entry, where the rule has one.</param>
internal readonly record struct BiasSum(BiasSumKind Kind, int Gates = BiasSum.AllGates, int Sequence = 0)
{
    public const int AllGates = -1;

    public static BiasSum Right => new(BiasSumKind.All);
}

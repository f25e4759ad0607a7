namespace RnnCompare.Checking.Replay;

/// <summary>Which carry is added to dh_t.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Steps">k, where the rule has one.</param>
internal readonly record struct Carry(CarryKind Kind, int Steps = 0)
{
    public static Carry Right => default;
}

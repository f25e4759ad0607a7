namespace RnnCompare.Checking.Replay;

/// <summary>What clips or normalises the gradients of weights.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Limit">c, where the rule has one.</param>
internal readonly record struct Rescaling(RescalingKind Kind, double Limit = 0)
{
    public static Rescaling None => default;
}

namespace RnnCompare.Checking.Replay;

/// <summary>Which formula stands in each statement of a forward and backward pass; as constructed, the right one everywhere.</summary>
/// <remarks>
/// A mistake replaces one statement, so two mistakes in different statements compose by replacing both. Parts are compared by
/// value: whatever two variants share, a <see cref="ReplayedPass{T}"/> computes once.
/// </remarks>
internal sealed record Variant
{
    public static Variant Right { get; } = new();

    public ForwardVariant Forward { get; init; } = new();

    public OutputErrorVariant OutputError { get; init; } = new();

    public RecurrenceVariant Recurrence { get; init; } = new();

    public SumVariant Sums { get; init; } = new();

    public FinishVariant Finish { get; init; } = new();
}

namespace TorchSharp;

/// <summary>The counts of a thread: tensors and packed sequences apart, and their sums.</summary>
public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();

    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    public long CreatedOutsideScopeCount => Sum(counts => counts.CreatedOutsideScopeCount);

    public long DisposedOutsideScopeCount => Sum(counts => counts.DisposedOutsideScopeCount);

    public long CreatedInScopeCount => Sum(counts => counts.CreatedInScopeCount);

    public long DisposedInScopeCount => Sum(counts => counts.DisposedInScopeCount);

    public long AttachedToScopeCount => Sum(counts => counts.AttachedToScopeCount);

    public long DetachedFromScopeCount => Sum(counts => counts.DetachedFromScopeCount);

    public long ThreadTotalLiveCount => Sum(counts => counts.ThreadTotalLiveCount);

    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    private long Sum(Func<LifetimeStatistics, long> count) => count(TensorStatistics) + count(PackedSequenceStatistics);
}

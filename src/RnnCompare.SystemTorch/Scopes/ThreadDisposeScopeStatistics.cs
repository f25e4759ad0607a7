namespace TorchSharp;

/// <summary>The counts of a thread: tensors and packed sequences apart, and their sums.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>The counts of tensors, parameters included.</summary>
    public LifetimeStatistics TensorStatistics { get; } = new();

    /// <summary>The counts of packed sequences, whose own tensors count as tensors.</summary>
    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    /// <inheritdoc cref="LifetimeStatistics.CreatedOutsideScopeCount"/>
    public long CreatedOutsideScopeCount => Sum(counts => counts.CreatedOutsideScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.DisposedOutsideScopeCount"/>
    public long DisposedOutsideScopeCount => Sum(counts => counts.DisposedOutsideScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.CreatedInScopeCount"/>
    public long CreatedInScopeCount => Sum(counts => counts.CreatedInScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.DisposedInScopeCount"/>
    public long DisposedInScopeCount => Sum(counts => counts.DisposedInScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.AttachedToScopeCount"/>
    public long AttachedToScopeCount => Sum(counts => counts.AttachedToScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.DetachedFromScopeCount"/>
    public long DetachedFromScopeCount => Sum(counts => counts.DetachedFromScopeCount);

    /// <inheritdoc cref="LifetimeStatistics.ThreadTotalLiveCount"/>
    public long ThreadTotalLiveCount => Sum(counts => counts.ThreadTotalLiveCount);

    /// <inheritdoc cref="LifetimeStatistics.Reset"/>
    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    private long Sum(Func<LifetimeStatistics, long> count) => count(TensorStatistics) + count(PackedSequenceStatistics);
}

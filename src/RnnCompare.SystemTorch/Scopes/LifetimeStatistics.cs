namespace TorchSharp;

/// <summary>How many objects of one kind were created, disposed and moved on one thread.</summary>
public class LifetimeStatistics
{
    /// <summary>How many were created while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>How many were disposed of while no scope owned them.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>How many were created in a scope, which owned them at first.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>How many were disposed of while a scope owned them, at its end or before.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>How many came to a scope by an Attach; a move between scopes does not count.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>How many were taken out of their scope and into none.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Created less disposed on this thread; negative where it disposes of another thread's. Collected objects still count.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    /// <summary>Starts all counts at 0 again.</summary>
    public void Reset() =>
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount =
            DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;
}

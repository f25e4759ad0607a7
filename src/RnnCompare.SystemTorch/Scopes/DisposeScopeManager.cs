using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The scopes of one thread and the counts of what was created and disposed on it.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    private readonly ThreadDisposeScopeStatistics statistics = new();

    /// <summary>The counts of the calling thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current.statistics;

    internal static DisposeScopeManager Current => ofThread ??= new DisposeScopeManager();

    internal DisposeScope? Innermost { get; private set; }

    internal DisposeScope Begin() => Innermost = new DisposeScope(this, Innermost);

    internal void Remove(DisposeScope ended)
    {
        if (Innermost == ended) Innermost = ended.Outer;
        else
            for (DisposeScope? scope = Innermost; scope is not null; scope = scope.Outer)
                if (scope.Outer == ended) scope.Outer = ended.Outer;
    }

    /// <summary>Counts a new disposable and hands it to the innermost scope, which it returns.</summary>
    internal DisposeScope? Register(IDisposable created)
    {
        LifetimeStatistics counts = StatisticsOf(created);
        if (Innermost is null) counts.CreatedOutsideScopeCount++;
        else
        {
            counts.CreatedInScopeCount++;
            Innermost.Add(created);
        }

        return Innermost;
    }

    internal void CountDisposal(IDisposable disposed, DisposeScope? owner)
    {
        if (owner is null) StatisticsOf(disposed).DisposedOutsideScopeCount++;
        else StatisticsOf(disposed).DisposedInScopeCount++;
    }

    internal LifetimeStatistics StatisticsOf(IDisposable disposable) =>
        disposable is Tensor ? statistics.TensorStatistics : statistics.PackedSequenceStatistics;
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp;

/// <summary>Owns what is created while it is the innermost scope of its thread, and disposes of it at its own end.</summary>
/// <remarks>
/// Attaching anything but tensors and packed sequences throws <see cref="InvalidOperationException"/>; attaching, detaching and
/// moving after the end throw <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private HashSet<IDisposable> owned = new(ReferenceEqualityComparer.Instance);
    private bool ended;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer) => (this.manager, Outer) = (manager, outer);

    /// <summary>How many objects the scope owns now.</summary>
    public int DisposablesCount => owned.Count;

    internal DisposeScope? Outer { get; set; }

    /// <summary>Whether the scope owns this object now.</summary>
    public bool Contains(IDisposable disposable) => owned.Contains(disposable);

    /// <inheritdoc cref="Attach(IEnumerable{IDisposable})"/>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    /// <inheritdoc cref="Attach(IEnumerable{IDisposable})"/>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes objects over from their scopes, or from the caller where they have none.</summary>
    /// <returns>The same objects, also those that the scope had already.</returns>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        EnsureNotEnded();
        var attached = disposables.ToList();
        foreach (IDisposable disposable in attached)
        {
            if (OwnerOf(disposable) == this) continue;
            Take(disposable);
            manager.StatisticsOf(disposable).AttachedToScopeCount++;
        }

        return attached;
    }

    /// <inheritdoc cref="Detach(IEnumerable{IDisposable})"/>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Leaves objects to the caller, who disposes of them; what the scope does not own is passed over.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        EnsureNotEnded();
        foreach (IDisposable disposable in disposables)
        {
            if (!owned.Remove(disposable)) continue;
            SetOwner(disposable, null);
            manager.StatisticsOf(disposable).DetachedFromScopeCount++;
        }
    }

    /// <inheritdoc cref="Detach(IEnumerable{IDisposable})"/>
    /// <returns>The same object.</returns>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    /// <inheritdoc cref="Detach(IEnumerable{IDisposable})"/>
    /// <returns>The same objects.</returns>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    /// <inheritdoc cref="Detach(IEnumerable{IDisposable})"/>
    /// <returns>The same objects.</returns>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    /// <inheritdoc cref="MoveToOuter(IEnumerable{IDisposable})"/>
    public void MoveToOuter(params IDisposable[] disposables) => Move(Outer, disposables);

    /// <summary>Leaves objects to the scope around this one, or to the caller where there is none; what the scope does not own is passed over.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => Move(Outer, disposables);

    /// <inheritdoc cref="MoveToOuter(IEnumerable{IDisposable})"/>
    /// <returns>The same object.</returns>
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Move(Outer, [disposable]);
        return disposable;
    }

    /// <inheritdoc cref="MoveToOuter(IEnumerable{IDisposable})"/>
    /// <returns>The same objects.</returns>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Move(Outer, [first, second]);
        return (first, second);
    }

    /// <inheritdoc cref="MoveToOuter(IEnumerable{IDisposable})"/>
    /// <returns>The same objects.</returns>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Move(Outer, [first, second, third]);
        return (first, second, third);
    }

    /// <summary>Disposes of everything the scope owns, once. The scopes of a thread may end in any order.</summary>
    public void Dispose()
    {
        if (ended) return;
        HashSet<IDisposable> all = owned;
        owned = [];
        foreach (IDisposable disposable in all) disposable.Dispose();
        manager.Remove(this);
        ended = true;
    }

    /// <summary>Moves what this scope owns of the given to another scope; without another, it is detached.</summary>
    internal void Move(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        EnsureNotEnded();
        if (scope is null) Detach(disposables);
        else
            foreach (IDisposable disposable in disposables)
                if (owned.Remove(disposable)) scope.Take(disposable);
    }

    /// <summary>Owns what was just created.</summary>
    internal void Add(IDisposable disposable) => owned.Add(disposable);

    /// <summary>Gives up what was just disposed of.</summary>
    internal void Forget(IDisposable disposable)
    {
        owned.Remove(disposable);
        SetOwner(disposable, null);
    }

    /// <summary>Owns the replacement in place of the original; nothing is counted as created or disposed.</summary>
    internal void Replace(IDisposable original, IDisposable replacement)
    {
        Forget(original);
        Take(replacement);
    }

    private static DisposeScope? OwnerOf(IDisposable disposable) => disposable switch
    {
        Tensor tensor => tensor.OwningDisposeScope,
        PackedSequence sequence => sequence.OwningDisposeScope,
        _ => throw new InvalidOperationException(
            $"A scope owns tensors and packed sequences, but a {disposable.GetType().Name} was given."),
    };

    private static void SetOwner(IDisposable disposable, DisposeScope? owner)
    {
        if (disposable is Tensor tensor) tensor.OwningDisposeScope = owner;
        else if (disposable is PackedSequence sequence) sequence.OwningDisposeScope = owner;
    }

    private void Take(IDisposable disposable)
    {
        OwnerOf(disposable)?.owned.Remove(disposable);
        owned.Add(disposable);
        SetOwner(disposable, this);
    }

    private void EnsureNotEnded() => ObjectDisposedException.ThrowIf(ended, this);
}

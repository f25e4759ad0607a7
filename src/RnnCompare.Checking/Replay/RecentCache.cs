namespace RnnCompare.Checking.Replay;

/// <summary>The values of the keys asked for last.</summary>
internal sealed class RecentCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _recent = new();

    /// <summary>The value of a key, made where it is not at hand.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Value;
        }

        var value = make();
        _nodes[key] = _recent.AddFirst((key, value));
        if (_recent.Count > capacity)
        {
            _nodes.Remove(_recent.Last!.Value.Key);
            _recent.RemoveLast();
        }

        return value;
    }
}

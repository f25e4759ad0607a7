using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace RnnCompare.Equations.Expressions;

/// <summary>An immutable list that equals another with equal elements, so that trees that hold lists compare by what they say.</summary>
/// <typeparam name="T">The elements.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly ImmutableArray<T> _items;

    internal ValueList(ImmutableArray<T> items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.IsDefault ? 0 : _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>Whether two lists have equal elements.</summary>
    public static bool operator ==(ValueList<T> a, ValueList<T> b) => a.Equals(b);

    /// <summary>Whether two lists differ in an element.</summary>
    public static bool operator !=(ValueList<T> a, ValueList<T> b) => !a.Equals(b);

    /// <summary>A list with one element replaced.</summary>
    public ValueList<T> With(int index, T item) => new(_items.SetItem(index, item));

    /// <summary>A list without one element.</summary>
    public ValueList<T> Without(int index) => new(_items.RemoveAt(index));

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(Count, (hash, item) => HashCode.Combine(hash, item));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => (_items.IsDefault ? Enumerable.Empty<T>() : _items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes lists from collection expressions.</summary>
public static class ValueList
{
    /// <summary>Copies the elements.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);
}

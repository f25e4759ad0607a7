using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Files;

/// <summary>What a file of arrays holds: arrays by name, in the file's order.</summary>
/// <remarks>Numbers are shared, not copied, where no conversion is needed.</remarks>
public sealed class NamedArrays : IEnumerable<KeyValuePair<string, StoredArray>>
{
    private readonly OrderedDictionary<string, StoredArray> _arrays = new(StringComparer.Ordinal);

    /// <summary>Creates an empty collection, to be filled and written.</summary>
    public NamedArrays()
        : this("arrays")
    {
    }

    internal NamedArrays(string source) => Source = source;

    /// <summary>Where the arrays came from, as messages say it.</summary>
    public string Source { get; }

    /// <summary>The number of arrays.</summary>
    public int Count => _arrays.Count;

    /// <summary>The names, in the file's order.</summary>
    public IReadOnlyList<string> Names => _arrays.Keys;

    /// <summary>The names as they stand in messages.</summary>
    internal string NamesText => Count == 0 ? "no arrays" : string.Join(", ", Names);

    /// <summary>The same arrays, to which others can be added; their numbers are shared.</summary>
    public NamedArrays Copy()
    {
        var copy = new NamedArrays(Source);
        foreach (var (name, array) in _arrays)
        {
            copy.Add(name, array);
        }

        return copy;
    }

    /// <summary>The array of this name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public StoredArray this[string name] => TryGet(name, out var array)
        ? array
        : throw ArrayName.Refuse(Source, $"{name} is missing; found {NamesText}.");

    /// <summary>Looks an array up that may be absent.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredArray? array) => _arrays.TryGetValue(name, out array);

    /// <summary>Adds numbers, without copying them.</summary>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/> or <see cref="long"/>.</typeparam>
    /// <exception cref="ArgumentException">The name is taken, or files cannot hold the type.</exception>
    public void Add<T>(string name, NdArray<T> values)
        where T : unmanaged => Add(name, StoredArray.Of(values));

    /// <summary>Adds one text, for example a JSON document that describes the arrays.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the text holds a NUL or half of a surrogate pair, which files cannot.</exception>
    public void Add(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!ArrayText.IsStorable(text))
        {
            throw new ArgumentException($"The text of {name} holds a NUL or half of a surrogate pair, which files cannot.", nameof(text));
        }

        Add(name, StoredArray.Of([text], []));
    }

    /// <summary>The numbers of this name in type <typeparamref name="T"/>, of whatever shape.</summary>
    /// <typeparam name="T">A floating-point type takes any numbers, rounded to nearest; <see cref="long"/> takes whole ones.</typeparam>
    /// <exception cref="InvalidDataException">There is no such array, or its elements do not fit the type.</exception>
    public NdArray<T> Get<T>(string name)
        where T : unmanaged, INumber<T>
    {
        var array = this[name];
        return array.As<T>() ?? throw new ArrayName(Source, name).Refuse(
            $"holds {array.TypeText}, expected {(StoredArray.IsWhole<T>() ? "whole numbers" : "numbers")}.");
    }

    /// <summary>The numbers of this name in type <typeparamref name="T"/>, of exactly this shape; an empty one is a scalar's.</summary>
    /// <inheritdoc cref="Get{T}(string)"/>
    /// <exception cref="InvalidDataException">There is no such array, or its elements or its shape are others.</exception>
    public NdArray<T> Get<T>(string name, params ReadOnlySpan<int> shape)
        where T : unmanaged, INumber<T>
    {
        var array = this[name];
        if (!array.Shape.SequenceEqual(shape))
        {
            throw new ArrayName(Source, name).Refuse($"has shape {array.ShapeText}, expected ({string.Join(", ", shape.ToArray())}).");
        }

        return Get<T>(name);
    }

    /// <summary>The one text of this name; bytes (uint8) are taken as UTF-8.</summary>
    /// <exception cref="InvalidDataException">There is no such array, or it is not one text.</exception>
    public string GetText(string name)
    {
        var array = this[name];
        var label = new ArrayName(Source, name);
        if (array.ElementType == ElementType.UInt8)
        {
            byte[] bytes = [.. Get<long>(name).Data.Select(value => (byte)value)];
            return ArrayText.FromUtf8(bytes) ?? throw label.Refuse("holds bytes that are no UTF-8 text.");
        }

        return array.Texts.Length == 1 ? array.Texts[0] : throw label.Refuse($"holds {array.TypeText} of shape {array.ShapeText}, expected one text.");
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, StoredArray>> GetEnumerator() => _arrays.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(string name, StoredArray array)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_arrays.TryAdd(name, array))
        {
            throw new ArgumentException($"{name} is there already.", nameof(name));
        }
    }
}

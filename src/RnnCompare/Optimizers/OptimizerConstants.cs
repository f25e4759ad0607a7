namespace RnnCompare.Optimizers;

/// <summary>Constants of optimizers by their keys, as a user gave them; those that were not given stay the optimizer's own.</summary>
/// <remarks>Write <c>new OptimizerConstants { ["momentum"] = 0.9, ["nesterov"] = true }</c>. Equal where the same values are given.</remarks>
public sealed class OptimizerConstants : IEquatable<OptimizerConstants>
{
    private readonly SortedDictionary<string, object> _given = new(StringComparer.Ordinal);

    /// <summary>No constant given.</summary>
    public OptimizerConstants()
    {
    }

    private OptimizerConstants(OptimizerConstants source) => _given = new(source._given, StringComparer.Ordinal);

    /// <summary>The value of a constant: a <see cref="bool"/> or a <see cref="double"/>.</summary>
    /// <param name="key">A key of <see cref="OptimizerConstant.All"/>.</param>
    /// <exception cref="KeyNotFoundException">No optimizer has such a constant.</exception>
    public object this[string key]
    {
        get => _given.GetValueOrDefault(key) ?? Find(key).Default;
        init => Set(key, value);
    }

    /// <summary>The same with one constant changed.</summary>
    public OptimizerConstants With(string key, object value)
    {
        var changed = new OptimizerConstants(this);
        changed.Set(key, value);
        return changed;
    }

    /// <summary>An optimizer with those of these constants that it has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of bounds.</exception>
    public OptimizerSpec Apply(OptimizerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return _given.Aggregate(spec, (changed, pair) => Find(pair.Key).Apply(changed, pair.Value));
    }

    /// <inheritdoc/>
    public bool Equals(OptimizerConstants? other) => other is not null && _given.SequenceEqual(other._given);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OptimizerConstants);

    /// <inheritdoc/>
    public override int GetHashCode() => _given.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _given.Select(pair => $"{pair.Key} = {pair.Value}"));

    private static OptimizerConstant Find(string key)
    {
        return OptimizerConstant.All.FirstOrDefault(constant => constant.Key == key)
            ?? throw new KeyNotFoundException($"Unknown constant '{key}'; known: {string.Join(", ", OptimizerConstant.All.Select(constant => constant.Key))}.");
    }

    private void Set(string key, object value)
    {
        if (value.Equals(Find(key).Default))
        {
            _given.Remove(key);
        }
        else
        {
            _given[key] = value;
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace RnnCompare.Equations.Expressions;

/// <summary>The length of an axis: a whole number of letters and ones, such as <c>H</c>, <c>4·H</c>, <c>H + I</c>, <c>1</c>.</summary>
public sealed class Dimension : IEquatable<Dimension>
{
    // Without the letters whose factor is 0.
    private readonly ImmutableSortedDictionary<string, int> _factors;

    private Dimension(ImmutableSortedDictionary<string, int> factors, int constant)
    {
        _factors = factors;
        Constant = constant;
    }

    /// <summary>Zero.</summary>
    public static Dimension Zero { get; } = Number(0);

    /// <summary>I, what enters a step.</summary>
    public static Dimension I { get; } = Letter("I");

    /// <summary>H, the hidden units.</summary>
    public static Dimension H { get; } = Letter("H");

    /// <summary>O, what leaves the read-out.</summary>
    public static Dimension O { get; } = Letter("O");

    /// <summary>The part without letters.</summary>
    public int Constant { get; }

    /// <summary>The letters, in their alphabetical order.</summary>
    public IEnumerable<string> Letters => _factors.Keys;

    /// <summary>A letter.</summary>
    public static Dimension Letter(string name) => new(ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add(name, 1), 0);

    /// <summary>A whole number.</summary>
    public static Dimension Number(int value) => new(ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), value);

    /// <summary>The sum.</summary>
    public static Dimension operator +(Dimension a, Dimension b) => a.Combine(b, 1);

    /// <summary>The difference.</summary>
    public static Dimension operator -(Dimension a, Dimension b) => a.Combine(b, -1);

    /// <summary>The multiple.</summary>
    public static Dimension operator *(int factor, Dimension a) => Zero.Combine(a, factor);

    /// <summary>How often a letter is in it.</summary>
    public int FactorOf(string letter) => _factors.GetValueOrDefault(letter);

    /// <summary>The same with a letter replaced.</summary>
    public Dimension Replace(string letter, Dimension by)
    {
        var factor = FactorOf(letter);
        return factor == 0 ? this : new Dimension(_factors.Remove(letter), Constant).Combine(by, factor);
    }

    /// <summary>An equal part of it; null where it has none in whole numbers.</summary>
    public Dimension? DividedBy(int divisor)
    {
        return Constant % divisor == 0 && _factors.Values.All(factor => factor % divisor == 0)
            ? new(_factors.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value / divisor, StringComparer.Ordinal), Constant / divisor)
            : null;
    }

    /// <summary>Whether it is less than another whatever its letters stand for, 1 at least.</summary>
    public bool IsLessThan(Dimension other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var difference = other - this;
        return difference._factors.Values.All(factor => factor > 0) && difference.Constant + difference._factors.Values.Sum() > 0;
    }

    /// <summary>The length.</summary>
    /// <param name="sizes">What each letter stands for.</param>
    /// <exception cref="KeyNotFoundException">A letter stands for nothing.</exception>
    public int Evaluate(IReadOnlyDictionary<string, int> sizes) => Constant + _factors.Sum(pair => pair.Value * sizes[pair.Key]);

    /// <inheritdoc/>
    public bool Equals(Dimension? other) => other is not null && Constant == other.Constant && _factors.SequenceEqual(other._factors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode() => _factors.Aggregate(Constant, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = _factors.Select(pair => pair.Value switch { 1 => pair.Key, -1 => "-" + pair.Key, var factor => string.Create(CultureInfo.InvariantCulture, $"{factor}{pair.Key}") }).ToList();
        if (Constant != 0 || parts.Count == 0)
        {
            parts.Add(Constant.ToString(CultureInfo.InvariantCulture));
        }

        return string.Join("+", parts).Replace("+-", "-", StringComparison.Ordinal);
    }

    private Dimension Combine(Dimension other, int times)
    {
        var factors = _factors;
        foreach (var (letter, factor) in other._factors)
        {
            var sum = FactorOf(letter) + (times * factor);
            factors = sum == 0 ? factors.Remove(letter) : factors.SetItem(letter, sum);
        }

        return new(factors, Constant + (times * other.Constant));
    }
}

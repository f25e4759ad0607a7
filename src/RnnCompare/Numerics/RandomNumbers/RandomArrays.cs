using System.Numerics;

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>What NumPy's two generators do alike with the numbers that they draw.</summary>
internal static class RandomArrays
{
    /// <summary>Fills a new array in row-major order.</summary>
    public static NdArray<T> Filled<T>(int[] shape, Func<T> draw)
        where T : unmanaged
    {
        var array = new NdArray<T>(shape);
        foreach (ref var element in array.Span)
        {
            element = draw();
        }

        return array;
    }

    /// <summary>Uniform draws as NumPy scales them: low + (high − low)·u.</summary>
    public static NdArray<double> Uniform(IBitSource source, double low, double high, int[] shape)
    {
        var range = high - low;
        if (!double.IsFinite(range))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The range from {low} to {high} is not finite.");
        }

        return Filled(shape, () => low + (range * source.NextDouble()));
    }

    /// <summary>Whole numbers from <paramref name="low"/> up to, but not including, <paramref name="high"/>; <paramref name="drawUpTo"/> draws from zero to its argument, both included.</summary>
    public static NdArray<long> Integers(Func<ulong, ulong> drawUpTo, long low, long high, int[] shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        var range = (ulong)high - 1 - (ulong)low;
        return Filled(shape, () => low + (long)drawUpTo(range));
    }

    /// <summary>The numbers 0 … count − 1 in random order.</summary>
    public static NdArray<long> Permutation(IBitSource source, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long next = 0;
        var array = Filled([count], () => next++);
        Shuffle(source, array);
        return array;
    }

    /// <summary>Fisher and Yates's shuffle of the first axis, from its end, as in Knuth's algorithm P.</summary>
    public static void Shuffle<T>(IBitSource source, NdArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.Rank == 0)
        {
            throw new ArgumentException("A scalar has no axis to shuffle.", nameof(array));
        }

        Span<T> kept = new T[array.Shape[0] == 0 ? 0 : array.Length / array.Shape[0]];
        for (var last = array.Shape[0] - 1; last > 0; last--)
        {
            var chosen = array.Step((int)MaskedUpTo(source, (ulong)last));
            var end = array.Step(last);
            end.CopyTo(kept);
            chosen.CopyTo(end);
            kept.CopyTo(chosen);
        }
    }

    /// <summary>Draws from [0, <paramref name="largest"/>]: masks bits and rejects what lies above.</summary>
    public static ulong MaskedUpTo(IBitSource source, ulong largest)
    {
        if (largest == 0) return 0;

        var mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(largest);
        while (true)
        {
            var drawn = (largest <= uint.MaxValue ? source.NextUInt32() : source.NextUInt64()) & mask;
            if (drawn <= largest) return drawn;
        }
    }
}

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>Spreads one seed over the many state words of a bit generator, as <c>np.random.SeedSequence</c> does.</summary>
/// <remarks>O'Neill, "Developing a seed_seq Alternative" (2015): a pool of four words, hashed, mixed pairwise, hashed again.</remarks>
internal static class SeedSequence
{
    private const int PoolSize = 4;

    /// <summary>Fills <paramref name="words"/> with the state that belongs to <paramref name="seed"/>.</summary>
    public static void Generate(ulong seed, Span<ulong> words)
    {
        Span<uint> pool = stackalloc uint[PoolSize];
        Fill(pool, (uint)seed, (uint)(seed >> 32));

        var multiplier = 0x8B51F9DDu;
        for (var i = 0; i < words.Length; i++)
        {
            ulong lower = Hash(pool[2 * i % PoolSize], ref multiplier, 0x58F38DED);
            ulong upper = Hash(pool[((2 * i) + 1) % PoolSize], ref multiplier, 0x58F38DED);
            words[i] = (upper << 32) | lower;
        }
    }

    private static void Fill(Span<uint> pool, uint lowerWord, uint upperWord)
    {
        var multiplier = 0x43B0D7E5u;
        ReadOnlySpan<uint> entropy = [lowerWord, upperWord, 0, 0];
        for (var i = 0; i < PoolSize; i++)
        {
            pool[i] = Hash(entropy[i], ref multiplier, 0x931E8875);
        }

        for (var source = 0; source < PoolSize; source++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                if (source != target)
                {
                    pool[target] = Mix(pool[target], Hash(pool[source], ref multiplier, 0x931E8875));
                }
            }
        }
    }

    private static uint Hash(uint value, ref uint multiplier, uint multiplierStep)
    {
        value ^= multiplier;
        multiplier *= multiplierStep;
        value *= multiplier;
        return value ^ (value >> 16);
    }

    private static uint Mix(uint x, uint y)
    {
        var mixed = (0xCA01F9DD * x) - (0x4973F715 * y);
        return mixed ^ (mixed >> 16);
    }
}

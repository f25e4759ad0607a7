using System.Numerics;

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>PCG XSL-RR 128/64, the bit generator under <c>np.random.default_rng</c>.</summary>
/// <remarks>
/// O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation"
/// (2014). A draw of 32 bits takes the lower half of a word; the next such draw takes the upper half, whatever
/// other draws stand between them.
/// </remarks>
internal sealed class Pcg64 : IBitSource
{
    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint? _upperHalf;

    public Pcg64(ulong seed)
    {
        Span<ulong> words = stackalloc ulong[4];
        SeedSequence.Generate(seed, words);
        _increment = (new UInt128(words[2], words[3]) << 1) | UInt128.One;
        _state = ((_increment + new UInt128(words[0], words[1])) * Multiplier) + _increment;
    }

    public ulong NextUInt64()
    {
        _state = (_state * Multiplier) + _increment;
        var folded = (ulong)(_state >> 64) ^ (ulong)_state;
        return BitOperations.RotateRight(folded, (int)(_state >> 122));
    }

    public uint NextUInt32()
    {
        if (_upperHalf is { } upperHalf)
        {
            _upperHalf = null;
            return upperHalf;
        }

        var word = NextUInt64();
        _upperHalf = (uint)(word >> 32);
        return (uint)word;
    }

    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));
}

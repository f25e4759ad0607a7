namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>MT19937, seeded by one word.</summary>
/// <remarks>
/// Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
/// generator" (1998); the seeding is that of their revision of 2002, which <c>np.random.seed(n)</c> uses.
/// </remarks>
internal sealed class MersenneTwister : IBitSource
{
    private const int StateLength = 624;
    private const int MiddleWord = 397;
    private const uint TwistMatrix = 0x9908B0DF;
    private const uint UpperBit = 0x80000000;

    private readonly uint[] _state = new uint[StateLength];
    private int _position = StateLength;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < StateLength; i++)
        {
            var previous = _state[i - 1];
            _state[i] = (1812433253 * (previous ^ (previous >> 30))) + (uint)i;
        }
    }

    public uint NextUInt32()
    {
        if (_position == StateLength)
        {
            Twist();
        }

        var word = _state[_position++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    public ulong NextUInt64()
    {
        ulong upper = NextUInt32();
        return (upper << 32) | NextUInt32();
    }

    public double NextDouble()
    {
        ulong upper = NextUInt32() >> 5; // 27 bits
        var lower = NextUInt32() >> 6; // 26 bits
        return ((upper << 26) | lower) * (1.0 / (1L << 53));
    }

    private void Twist()
    {
        for (var i = 0; i < StateLength; i++)
        {
            var joined = (_state[i] & UpperBit) | (_state[(i + 1) % StateLength] & ~UpperBit);
            _state[i] = _state[(i + MiddleWord) % StateLength] ^ (joined >> 1) ^ ((joined & 1) * TwistMatrix);
        }

        _position = 0;
    }
}

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>The numbers that <c>np.random.default_rng(n)</c> draws, bit for bit.</summary>
/// <remarks>
/// Bits come from <see cref="Pcg64"/>, normal draws from the <see cref="Ziggurat"/>, whole numbers from Lemire's method
/// ("Fast Random Integer Generation in an Interval", 2019).
/// </remarks>
public sealed class NumpyGenerator
{
    private readonly Pcg64 _bits;

    /// <summary>Starts the sequence: <c>np.random.default_rng(seed)</c>.</summary>
    /// <param name="seed">The seed; larger ones, which NumPy takes too, are not supported.</param>
    public NumpyGenerator(ulong seed) => _bits = new Pcg64(seed);

    /// <summary><c>rng.standard_normal(shape)</c>: draws from the normal distribution of mean 0 and variance 1.</summary>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    public NdArray<double> StandardNormal(params int[] shape) => RandomArrays.Filled(shape, () => Ziggurat.Draw(_bits));

    /// <summary><c>rng.random(shape)</c>: draws from [0, 1).</summary>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    public NdArray<double> Random(params int[] shape) => RandomArrays.Filled(shape, _bits.NextDouble);

    /// <summary><c>rng.uniform(low, high, shape)</c>: draws from [low, high).</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not finite.</exception>
    public NdArray<double> Uniform(double low, double high, params int[] shape) => RandomArrays.Uniform(_bits, low, high, shape);

    /// <summary><c>rng.integers(low, high, shape)</c> of 64-bit integers.</summary>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">One more than the largest.</param>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="low"/> is not below <paramref name="high"/>.</exception>
    public NdArray<long> Integers(long low, long high, params int[] shape) => RandomArrays.Integers(UpTo, low, high, shape);

    /// <summary><c>rng.permutation(count)</c>: the numbers 0 … count − 1 in random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public NdArray<long> Permutation(int count) => RandomArrays.Permutation(_bits, count);

    /// <summary><c>rng.shuffle(array)</c>: reorders the first axis in place.</summary>
    /// <exception cref="ArgumentException">The array is a scalar.</exception>
    public void Shuffle<T>(NdArray<T> array)
        where T : unmanaged => RandomArrays.Shuffle(_bits, array);

    /// <summary>Draws from [0, <paramref name="largest"/>], through 32 bits where they suffice.</summary>
    private ulong UpTo(ulong largest) => largest switch
    {
        0 => 0,
        < uint.MaxValue => Below((uint)largest + 1),
        uint.MaxValue => _bits.NextUInt32(),
        < ulong.MaxValue => Below(largest + 1),
        ulong.MaxValue => _bits.NextUInt64(),
    };

    /// <summary>The upper half of a product; rejected where its lower half would favour some results.</summary>
    private uint Below(uint count)
    {
        ulong product;
        do
        {
            product = (ulong)_bits.NextUInt32() * count;
        }
        while ((uint)product < (0 - count) % count);

        return (uint)(product >> 32);
    }

    private ulong Below(ulong count)
    {
        UInt128 product;
        do
        {
            product = (UInt128)_bits.NextUInt64() * count;
        }
        while ((ulong)product < (0 - count) % count);

        return (ulong)(product >> 64);
    }
}

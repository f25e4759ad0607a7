namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>The numbers that NumPy's legacy generator draws after <c>np.random.seed(n)</c>, bit for bit.</summary>
/// <remarks>
/// A prototype's initial weights are thus reproduced, not exported: the same calls in the same order give the same arrays.
/// Bits come from <see cref="MersenneTwister"/>, normal draws from Marsaglia's polar method. The latter takes the
/// platform's logarithm, as NumPy does; where that differs, so may the last bit, between two machines' NumPys as well.
/// </remarks>
public sealed class NumpyLegacyRandom
{
    private readonly MersenneTwister _bits;
    private double? _secondGaussian;

    /// <summary>Starts the sequence: <c>np.random.seed(seed)</c>, or <c>np.random.RandomState(seed)</c>.</summary>
    /// <param name="seed">Any number that NumPy takes as a seed.</param>
    public NumpyLegacyRandom(uint seed) => _bits = new MersenneTwister(seed);

    /// <summary><c>np.random.randn(*shape)</c>: draws from the normal distribution of mean 0 and variance 1.</summary>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    public NdArray<double> Randn(params int[] shape) => RandomArrays.Filled(shape, Gaussian);

    /// <summary><c>np.random.rand(*shape)</c>, the same as <c>random_sample</c> and <c>random</c>: draws from [0, 1).</summary>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    public NdArray<double> Rand(params int[] shape) => RandomArrays.Filled(shape, _bits.NextDouble);

    /// <summary><c>np.random.uniform(low, high, shape)</c>: draws from [low, high).</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; NumPy lets it lie below <paramref name="low"/>.</param>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not finite.</exception>
    public NdArray<double> Uniform(double low, double high, params int[] shape) => RandomArrays.Uniform(_bits, low, high, shape);

    /// <summary><c>np.random.randint(low, high, shape)</c> of 64-bit integers, NumPy's default but on Windows before NumPy 2.</summary>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">One more than the largest.</param>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="low"/> is not below <paramref name="high"/>.</exception>
    public NdArray<long> RandInt(long low, long high, params int[] shape) => RandomArrays.Integers(largest => RandomArrays.MaskedUpTo(_bits, largest), low, high, shape);

    /// <summary><c>np.random.permutation(count)</c>: the numbers 0 … count − 1 in random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public NdArray<long> Permutation(int count) => RandomArrays.Permutation(_bits, count);

    /// <summary><c>np.random.shuffle(array)</c>: reorders the first axis in place.</summary>
    /// <exception cref="ArgumentException">The array is a scalar.</exception>
    public void Shuffle<T>(NdArray<T> array)
        where T : unmanaged => RandomArrays.Shuffle(_bits, array);

    /// <summary>Marsaglia's polar method: two draws at a time, of which the second is kept for the next call.</summary>
    private double Gaussian()
    {
        if (_secondGaussian is { } kept)
        {
            _secondGaussian = null;
            return kept;
        }

        double x1, x2, squaredRadius;
        do
        {
            x1 = (2 * _bits.NextDouble()) - 1;
            x2 = (2 * _bits.NextDouble()) - 1;
            squaredRadius = (x1 * x1) + (x2 * x2);
        }
        while (squaredRadius is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(squaredRadius) / squaredRadius);
        _secondGaussian = factor * x1;
        return factor * x2;
    }
}

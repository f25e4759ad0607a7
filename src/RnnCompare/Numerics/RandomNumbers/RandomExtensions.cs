namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>What <see cref="Random"/> does not draw by itself.</summary>
public static class RandomExtensions
{
    /// <summary>A normal value with mean 0 and standard deviation 1 (Box &amp; Muller 1958).</summary>
    public static double NextNormal(this Random random)
    {
        ArgumentNullException.ThrowIfNull(random);

        // 1 − u is never 0.
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Independent normal values with mean 0 and standard deviation 1, drawn in row-major order.</summary>
    public static NdArray<double> NextNormals(this Random random, params int[] shape) => RandomArrays.Filled(shape, random.NextNormal);

    /// <summary>Independent values, uniform from −<paramref name="bound"/> to <paramref name="bound"/>, drawn in row-major order.</summary>
    public static NdArray<double> NextUniforms(this Random random, double bound, params int[] shape)
    {
        return RandomArrays.Filled(shape, () => bound * ((2 * random.NextDouble()) - 1));
    }
}

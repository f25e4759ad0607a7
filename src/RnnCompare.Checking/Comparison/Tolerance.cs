using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>How far two arrays may lie apart and still agree.</summary>
public abstract class Tolerance
{
    /// <summary>The distance that counts as one, for each part of an array that is judged by itself.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="name">The array's name in a <see cref="TensorSet"/>.</param>
    /// <param name="expected">The values compared with.</param>
    /// <returns>Absolute distances ‖a − b‖₂; their number divides the array into runs of equal length.</returns>
    public abstract double[] Units(RnnSpec spec, string name, NdArray<double> expected);

    /// <summary>How many units are still agreement.</summary>
    public abstract double Limit { get; }

    /// <summary>Norm-wise relative per array: ‖a − b‖₂ ≤ <paramref name="relative"/>·‖b‖₂. An array of zeros agrees with zeros only.</summary>
    public static Tolerance Relative(double relative) => new NormWise(relative);

    private sealed class NormWise(double relative) : Tolerance
    {
        public override double Limit => 1;

        public override double[] Units(RnnSpec spec, string name, NdArray<double> expected) => [relative * ScaledNorm.Of(expected.Span)];
    }
}

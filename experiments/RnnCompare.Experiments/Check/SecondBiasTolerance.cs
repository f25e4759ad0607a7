using RnnCompare.Checking.Comparison;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Check;

/// <summary>What rounding allows the gradient of a second bias: what it allows that of the first, gate by gate.</summary>
/// <param name="floor">The measured floor.</param>
/// <param name="first">The name of the first bias's gradient.</param>
/// <param name="right">That gradient.</param>
internal sealed class SecondBiasTolerance(Tolerance floor, string first, NdArray<double> right) : Tolerance
{
    /// <inheritdoc/>
    public override double Limit => floor.Limit;

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(expected);
        return floor.Units(spec, first, right)[..(expected.Length / spec.HiddenSize)];
    }
}

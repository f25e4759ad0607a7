using RnnCompare.Checking.Comparison;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Running;

/// <summary>How far rounding alone drives trained weights apart: the distance that an engine has drifted from a twin that began one rounding away.</summary>
/// <remarks>
/// A trajectory is chaotic wherever the loss surface bends: a difference of one unit in the last place grows with every step.
/// An engine that rounds in another order does what the twin does once, at every step; agreement is a modest multiple of it.
/// </remarks>
internal sealed class TrajectoryFloor(TensorSet weights, TensorSet twin) : Tolerance
{
    /// <inheritdoc/>
    public override double Limit => PartingPoint.Limit;

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected)
    {
        return [Norm(weights.Find(name)!.Data.Zip(twin.Find(name)!.Data, (a, b) => a - b))];
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}

using RnnCompare.Checking.Comparison;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Training;

/// <summary>How far rounding alone drives trained weights apart: the distance to copies of the first engine that began one rounding away.</summary>
/// <remarks>
/// A trajectory is chaotic wherever the loss surface bends: a difference of one unit in the last place grows with every step.
/// An engine that rounds in another order does at every step what was done to a copy once; agreement is a modest multiple of it.
/// </remarks>
/// <param name="weights">The first engine's weights.</param>
/// <param name="copies">Those of the perturbed copies.</param>
/// <param name="roundoff">The unit roundoff of their precision: no distance is less than one rounding of the weights themselves.</param>
internal sealed class TrajectoryFloor(TensorSet weights, IReadOnlyList<TensorSet> copies, double roundoff) : Tolerance
{
    /// <inheritdoc/>
    public override double Limit => SeparationPoint.Limit;

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected)
    {
        var w = weights.Find(name)!.Data;
        return [Math.Max(copies.Max(copy => Norm(w.Zip(copy.Find(name)!.Data, (a, b) => a - b))), roundoff * Norm(w))];
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}

using RnnCompare.Checking.Comparison;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Finds the first step at which a computation went wrong.</summary>
internal static class FirstWrong
{
    /// <summary>The smallest t at which h is wrong; where h is right or was not given, the largest at which dL/dh_t of the top layer is.</summary>
    public static WrongStep? Step(TensorSet right, TensorSet claims, Tolerance floor)
    {
        if (claims.Find("h") is { } h && WrongParts("h", h) is { Length: > 0 } forward)
        {
            return new(FaultStage.Forward, "h", forward[0]);
        }

        if (claims.Find("dh") is { } dh && WrongParts("dh", dh) is { Length: > 0 } backward)
        {
            // Backpropagation begins in the top layer, whose forward direction reads from the end.
            var steps = dh.Shape[1];
            var layer = backward.Max(part => part / steps / right.Spec.Directions);
            return new(FaultStage.Backward, "dh", backward.Where(part => part / steps / right.Spec.Directions == layer).Max(part => part % steps));
        }

        return null;

        int[] WrongParts(string name, NdArray<double> claim)
        {
            var expected = right.Find(name)!;
            var units = floor.Units(right.Spec, name, expected);
            return [.. Enumerable.Range(0, units.Length).Where(part => !(PartDistance.InUnits(PartDistance.Of(expected, claim, part, units.Length), units[part]) <= floor.Limit))];
        }
    }
}

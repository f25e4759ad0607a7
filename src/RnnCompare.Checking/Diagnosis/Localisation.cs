using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Says what a difference looks like where no known mistake reproduces it.</summary>
internal sealed class Localisation(RnnSpec spec, ITensorNaming naming)
{
    private const double SameShape = 1e-3;

    /// <summary>One line per remarkable thing about a wrong array.</summary>
    public IEnumerable<string> Describe(TensorComparison comparison, NdArray<double> right, NdArray<double> claim)
    {
        var name = naming.NameOf(comparison.Name);
        if (claim.Data.Any(value => !double.IsFinite(value)))
        {
            yield return $"{name} is not finite: {claim.Data.Count(value => !double.IsFinite(value))} of {claim.Length} elements.";
            yield break;
        }

        if (Resemblance(name, right, claim) is { } resemblance)
        {
            yield return resemblance;
            yield break;
        }

        var limit = comparison.Limit * comparison.WorstPart.NoiseFloor;
        foreach (var (axis, what) in Axes(comparison.Name))
        {
            var wrong = WrongSlices(right, claim, axis, limit);
            var count = right.Shape[axis] / (what == "gate" ? spec.HiddenSize : 1);
            var places = what == "gate" ? wrong.Select(i => i / spec.HiddenSize).Distinct().ToArray() : wrong;
            if (places.Length > 0 && places.Length < count)
            {
                var names = what == "gate" ? places.Select(gate => spec.Cell.Gates[gate]) : places.Select(i => i.ToString(CultureInfo.InvariantCulture));
                yield return $"{name} is wrong in {what} {Shortened([.. names])} only.";
            }
        }
    }

    private static string? Resemblance(string name, NdArray<double> right, NdArray<double> claim)
    {
        var (rightNorm, claimNorm) = (ScaledNorm.Of(right.Span), ScaledNorm.Of(claim.Span));
        if (claimNorm == 0)
        {
            return $"{name} is zero.";
        }

        if (rightNorm == 0)
        {
            return $"{name} should be zero.";
        }

        var cosine = 0.0;
        for (var i = 0; i < right.Length; i++)
        {
            cosine += right.Data[i] / rightNorm * (claim.Data[i] / claimNorm);
        }

        if (right.Length > 1 && 1 - Math.Abs(cosine) < SameShape * SameShape)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} is {Math.CopySign(claimNorm / rightNorm, cosine):G6} times the right one.");
        }

        double[] sortedRight = [.. right.Data.Order()];
        double[] sortedClaim = [.. claim.Data.Order()];
        return right.Length > 1 && ScaledNorm.OfDifference(sortedRight, sortedClaim) < SameShape * rightNorm
            ? $"{name} holds the right numbers in other places."
            : null;
    }

    private static IEnumerable<(int Axis, string What)> Axes(string name)
    {
        return (TensorKind.Of(name), TensorKind.IsWeightGradient(name)) switch
        {
            (TensorNames.Bh, true) => [(0, "gate")],
            (TensorNames.Wxh or TensorNames.Whh, true) => [(0, "gate"), (0, "row"), (1, "column")],
            (TensorNames.Why, true) => [(0, "row"), (1, "column")],
            ("h" or "y" or "p" or "dx", _) => [(0, "step"), (1, "sequence")],
            ("dh", _) => [(0, "layer and direction"), (1, "step"), (2, "sequence")],
            ("dh0" or "dc0" or "hT" or "cT", _) => [(0, "layer and direction"), (1, "sequence")],
            _ => [],
        };
    }

    // The indices along an axis whose slices differ by more than rounding allows the whole part.
    private static int[] WrongSlices(NdArray<double> right, NdArray<double> claim, int axis, double limit)
    {
        if (axis >= right.Rank)
        {
            return [];
        }

        var (length, inner) = (right.Shape[axis], 1);
        for (var i = axis + 1; i < right.Rank; i++)
        {
            inner *= right.Shape[i];
        }

        var (difference, size) = (new double[length], new double[length]);
        for (var i = 0; i < right.Length; i++)
        {
            var index = i / inner % length;
            difference[index] = Math.Max(difference[index], Math.Abs(claim.Data[i] - right.Data[i]));
            size[index] = Math.Max(size[index], Math.Abs(right.Data[i]));
        }

        return [.. Enumerable.Range(0, length).Where(i => difference[i] > limit * size[i])];
    }

    private static string Shortened(string[] names) => names.Length <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names[..8])}, … ({names.Length})";
}

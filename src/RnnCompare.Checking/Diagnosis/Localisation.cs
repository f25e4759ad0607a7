using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Says what a difference looks like where no known mistake reproduces it.</summary>
/// <param name="spec">The network.</param>
/// <param name="naming">What the program calls its arrays.</param>
/// <param name="sizes">The lengths that a factor may come from, by their letters.</param>
internal sealed class Localisation(RnnSpec spec, ITensorNaming naming, IReadOnlyList<(string Symbol, int Size)> sizes)
{
    // The part of a difference that a resemblance may leave unexplained.
    private const double Unexplained = 1e-3;

    /// <summary>What is remarkable about each wrong array of a program.</summary>
    /// <param name="evidence">What the program says, and what is right.</param>
    /// <param name="tensors">How its arrays compare.</param>
    public static IReadOnlyList<string> Describe(Evidence evidence, IEnumerable<TensorComparison> tensors)
    {
        var prototype = evidence.Prototype;
        var (steps, batchSize, spec) = (prototype.Batch.Steps, prototype.Batch.BatchSize, prototype.Weights.Spec);
        var localisation = new Localisation(spec, prototype.Naming, [("T", steps), ("B", batchSize), ("(T·B)", steps * batchSize), ("O", spec.OutputSize)]);
        return [.. tensors.Where(tensor => !tensor.Agrees).SelectMany(tensor => localisation.Describe(tensor, evidence.Right.Find(tensor.Name)!, evidence.Claim(tensor.Name)))];
    }

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

        string[] places = [.. Places(comparison, name, right, claim)];
        foreach (var place in places.DefaultIfEmpty(string.Create(CultureInfo.InvariantCulture, $"{name} is wrong throughout, by {comparison.Relative:0.0e-0} of its size.")))
        {
            yield return place;
        }
    }

    private IEnumerable<string> Places(TensorComparison comparison, string name, NdArray<double> right, NdArray<double> claim)
    {
        var limit = comparison.Limit * comparison.WorstPart.NoiseFloor;
        foreach (var (axis, canonical) in Axes(comparison.Name).Where(place => place.Axis < right.Rank))
        {
            // Rows and columns are those of the program's own array.
            var what = (canonical, naming.IsTransposed(comparison.Name)) switch { ("row", true) => "column", ("column", true) => "row", _ => canonical };
            var wrong = WrongSlices(right, claim, axis, limit);
            var count = right.Shape[axis] / (what == "gate" ? spec.HiddenSize : 1);
            var wrongPlaces = what == "gate" ? wrong.Select(i => i / spec.HiddenSize).Distinct().ToArray() : wrong;
            if (wrongPlaces.Length > 0 && wrongPlaces.Length < count)
            {
                var names = what == "gate" ? wrongPlaces.Select(gate => spec.Cell.Gates[gate].Name) : wrongPlaces.Select(i => i.ToString(CultureInfo.InvariantCulture));
                yield return $"{name} is wrong in {what} {Shortened([.. names])} only.";
            }
        }
    }

    private string? Resemblance(string name, NdArray<double> right, NdArray<double> claim)
    {
        var rightNorm = ScaledNorm.Of(right.Span);
        if (ScaledNorm.Of(claim.Span) == 0)
        {
            return $"{name} is zero.";
        }

        if (rightNorm == 0)
        {
            return $"{name} should be zero.";
        }

        var (ratio, unexplained) = (0.0, Unexplained * ScaledNorm.OfDifference(right.Span, claim.Span));
        for (var i = 0; i < right.Length; i++)
        {
            ratio += right.Data[i] / rightNorm * (claim.Data[i] / rightNorm);
        }

        double[] scaled = [.. right.Data.Select(value => ratio * value)];
        if (right.Length > 1 && ScaledNorm.OfDifference(scaled, claim.Span) < unexplained)
        {
            return $"{name} is {Factor(ratio)} times the right one{Meaning(ratio)}.";
        }

        double[] sortedRight = [.. right.Data.Order()];
        double[] sortedClaim = [.. claim.Data.Order()];
        return right.Length > 1 && ScaledNorm.OfDifference(sortedRight, sortedClaim) < unexplained
            ? $"{name} holds the right numbers in other places."
            : null;
    }

    // Factors that programs make: one over a size of the batch, or a learning rate.
    private string Meaning(double ratio)
    {
        foreach (var (symbol, size) in sizes)
        {
            foreach (var (word, factor) in ((string, double)[])[($"1/{symbol}", 1.0 / size), (symbol, size)])
            {
                if (size > 1 && (factor < 1 || symbol != "O") && Math.Abs(ratio - factor) < 1e-6 * factor)
                {
                    return $" ({word})";
                }
            }
        }

        return Math.Abs(ratio) is 0.5 or 2 ? "" : Math.Abs(Math.Log10(ratio) - Math.Round(Math.Log10(ratio))) < 1e-6 && ratio < 1 ? " (a learning rate?)" : "";
    }

    // Near 1 it is the distance from 1 that says something.
    private static string Factor(double ratio)
    {
        return Math.Abs(ratio - 1) < 1e-3
            ? string.Create(CultureInfo.InvariantCulture, $"(1 {(ratio < 1 ? '−' : '+')} {Math.Abs(ratio - 1):0.0e-0})")
            : ratio.ToString("G6", CultureInfo.InvariantCulture);
    }

    private IEnumerable<(int Axis, string What)> Axes(string name)
    {
        return (TensorKind.Of(name), TensorKind.IsWeightGradient(name)) switch
        {
            (TensorNames.Bh, true) => [(0, "gate")],
            (TensorNames.Wxh or TensorNames.Whh, true) => [(0, "gate"), (0, "row"), (1, "column")],
            (TensorNames.Why, true) => [(0, "row"), (1, "column")],
            ("h" or "y" or "p" or "dx", _) => [(0, "step"), (1, "sequence")],
            ("dh", _) => [(0, "layer and direction"), (1, "step"), (2, "sequence")],
            ("dh0" or "dc0" or "hT" or "cT", _) => [(0, "layer and direction"), (1, "sequence")],
            _ when TensorKind.IsWeightGradient(spec, name) => [(0, "row"), (1, "column")],
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

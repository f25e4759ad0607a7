using System.Globalization;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>One array against the one expected.</summary>
public sealed record TensorComparison
{
    /// <summary>The name, for example <c>dWhh</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The largest |actual − expected|; NaN where an element is.</summary>
    public required double MaxAbs { get; init; }

    /// <summary>‖actual − expected‖₂ / ‖expected‖₂: 0 for zeros against zeros, infinite for anything else against zeros.</summary>
    public required double Relative { get; init; }

    /// <summary>What rounding may cost, relative to ‖expected‖₂: the distance that counts as one.</summary>
    public required double NoiseFloor { get; init; }

    /// <summary>The index of the worst element, in the array's own axes: the largest difference in the part that lies farthest off.</summary>
    public required IReadOnlyList<int> WorstIndex { get; init; }

    /// <summary>The value expected at <see cref="WorstIndex"/>.</summary>
    public required double Expected { get; init; }

    /// <summary>The value found at <see cref="WorstIndex"/>.</summary>
    public required double Actual { get; init; }

    /// <summary>The part (gate or step) that lies farthest off; it decides.</summary>
    public required PartComparison WorstPart { get; init; }

    /// <summary>The residual that still counts as agreement.</summary>
    public required double Limit { get; init; }

    /// <summary>Whether every part lies within the limit; never where an element is NaN.</summary>
    public bool Agrees => WorstPart.Residual <= Limit;

    /// <summary>Compares two arrays.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static TensorComparison Compare(RnnSpec spec, string name, NdArray<double> expected, NdArray<double> actual, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(tolerance);
        if (!actual.HasShape(expected.Shape))
        {
            throw new ArgumentException($"{name} is {actual.ShapeText}, but {expected.ShapeText} is expected.", nameof(actual));
        }

        var units = tolerance.Units(spec, name, expected);
        var worst = new PartComparison(0, units.Length, 0, 0, -1);
        for (var part = 0; part < units.Length && !double.IsNaN(worst.Residual); part++)
        {
            var compared = ComparePart(expected, actual, part, units);
            worst = compared.Residual <= worst.Residual ? worst : compared;
        }

        var norm = ScaledNorm.Of(expected.Span);
        var position = WorstElement(expected, actual, worst);
        return new()
        {
            Name = name,
            MaxAbs = MaxDifference(expected, actual),
            Relative = PartDistance.InUnits(ScaledNorm.OfDifference(expected.Span, actual.Span), norm),
            NoiseFloor = PartDistance.InUnits(ScaledNorm.Of(units), norm),
            WorstIndex = expected.IndexOf(position),
            Expected = expected.Data[position],
            Actual = actual.Data[position],
            WorstPart = worst,
            Limit = tolerance.Limit,
        };
    }

    /// <summary>The mismatch in one line: <c>dWhh[2,7]: manual 1.234e-3, autograd 1.198e-3, relative 3.0e-2 &gt; 1.1e-13</c>.</summary>
    /// <param name="expected">What the expected values are called.</param>
    /// <param name="actual">What the others are called.</param>
    public string Describe(string expected, string actual)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Element(Name, WorstIndex)}: {expected} {Expected:0.000e-0}, {actual} {Actual:0.000e-0}, relative {WorstPart.Relative:0.0e-0} {(Agrees ? "≤" : ">")} {Limit * WorstPart.NoiseFloor:0.0e-0}");
    }

    /// <summary>An element's name: <c>dWhh[2,7]</c>, or that of an array without axes.</summary>
    internal static string Element(string name, IReadOnlyList<int> index) => index.Count == 0 ? name : $"{name}[{string.Join(',', index)}]";

    private static PartComparison ComparePart(NdArray<double> expected, NdArray<double> actual, int part, double[] units)
    {
        var distance = PartDistance.Of(expected, actual, part, units.Length);
        var norm = PartDistance.Norm(expected, part, units.Length);
        return new(part, units.Length, PartDistance.InUnits(distance, norm), PartDistance.InUnits(units[part], norm), PartDistance.InUnits(distance, units[part]));
    }

    private static double MaxDifference(NdArray<double> expected, NdArray<double> actual)
    {
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(actual.Data[i] - expected.Data[i]));
        }

        return largest;
    }

    private static int WorstElement(NdArray<double> expected, NdArray<double> actual, PartComparison part)
    {
        var size = expected.Length / part.Count;
        var (position, largest) = (part.Index * size, -1.0);
        for (var i = part.Index * size; i < (part.Index + 1) * size; i++)
        {
            var distance = Math.Abs(actual.Data[i] - expected.Data[i]);
            if (double.IsNaN(distance))
            {
                return i;
            }

            if (distance > largest)
            {
                (position, largest) = (i, distance);
            }
        }

        return position;
    }
}

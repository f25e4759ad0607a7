using System.Globalization;

namespace RnnCompare.Testing.Functions;

/// <summary>A gradient beside what a witness says of some of its elements.</summary>
/// <param name="name">The tensor's name.</param>
/// <param name="shape">Its shape.</param>
/// <param name="elements">The elements, by position in row-major order.</param>
/// <param name="claimed">What the backward pass returned for them.</param>
/// <param name="right">What the witness says, and how sure it is.</param>
internal sealed class JudgedGradient(string name, long[] shape, int[] elements, double[] claimed, CentralDifference[] right)
{
    /// <summary>What the gradient is called in messages.</summary>
    public string Claimed { get; init; } = "backward";

    /// <summary>What the witness is called.</summary>
    public string Right { get; init; } = "central differences";

    /// <summary>The mismatch in one line; null where the two agree to within a multiple of what is uncertain.</summary>
    public string? Problem(double multiple)
    {
        var (floor, norm) = (Norm(right.Select(value => value.Uncertainty)), Norm(right.Select(value => value.Value)));
        var distance = Distance(1);
        if (distance <= multiple * floor)
        {
            return null;
        }

        var worst = Enumerable.Range(0, elements.Length).MaxBy(i => double.IsNaN(claimed[i]) ? double.PositiveInfinity : Math.Abs(claimed[i] - right[i].Value));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Element(worst)}: {Claimed} {claimed[worst]:0.000e-0}, {Right} {right[worst].Value:0.000e-0}, relative {distance / norm:0.0e-0} > {multiple * floor / norm:0.0e-0}{Hint(multiple * floor)}");
    }

    // The commonest causes, where one of them meets the witness.
    private string Hint(double limit)
    {
        if (claimed.All(value => value == 0))
        {
            return " (no gradient arrives)";
        }

        var factor = claimed.Zip(right, (value, other) => value * other.Value).Sum() / right.Sum(other => other.Value * other.Value);
        if (claimed.Length > 1 && Distance(factor) <= limit * Math.Max(1, Math.Abs(factor)))
        {
            return string.Create(CultureInfo.InvariantCulture, $" ({factor:0.######} times the right gradient)");
        }

        return elements.Length == claimed.Length && IsTransposed(limit) ? " (the right gradient, transposed)" : "";
    }

    private bool IsTransposed(double limit)
    {
        if (shape.Length != 2 || elements.Length != shape[0] * shape[1])
        {
            return false;
        }

        var (rows, columns) = ((int)shape[0], (int)shape[1]);
        return Norm(Enumerable.Range(0, claimed.Length).Select(i => claimed[i] - right[((i % rows) * columns) + (i / rows)].Value)) <= limit;
    }

    private double Distance(double factor) => Norm(claimed.Zip(right, (value, other) => value - (factor * other.Value)));

    private string Element(int index)
    {
        var (position, indices) = (elements[index], new List<long>());
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            indices.Insert(0, position % shape[axis]);
            position = (int)(position / shape[axis]);
        }

        return indices.Count == 0 ? name : $"{name}[{string.Join(',', indices)}]";
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}

using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Checking.Comparison;

/// <summary>Every array of one set against the array of the same name in another.</summary>
public sealed class GradientComparison
{
    private GradientComparison(IReadOnlyList<TensorComparison> tensors, IReadOnlyList<string> notChecked)
    {
        Tensors = tensors;
        NotChecked = notChecked;
    }

    /// <summary>The arrays that both sets have, in the order of the expected ones.</summary>
    public IReadOnlyList<TensorComparison> Tensors { get; }

    /// <summary>The names that only one of the sets has.</summary>
    public IReadOnlyList<string> NotChecked { get; }

    /// <summary>Whether every array agrees, and there was at least one.</summary>
    public bool Agrees => Tensors.Count > 0 && Tensors.All(tensor => tensor.Agrees);

    /// <summary>The array that lies farthest off for what rounding allows it; one with a NaN comes first.</summary>
    /// <exception cref="InvalidOperationException">The sets have no array in common.</exception>
    public TensorComparison Worst => Tensors.MaxBy(tensor => double.IsNaN(tensor.WorstPart.Residual) ? double.PositiveInfinity : tensor.WorstPart.Residual / tensor.Limit)
        ?? throw new InvalidOperationException("The two sets have no array in common.");

    /// <summary>Compares two sets of arrays.</summary>
    /// <exception cref="ArgumentException">An array has another shape than the expected one.</exception>
    public static GradientComparison Compare(TensorSet expected, TensorSet actual, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        var compared = new List<TensorComparison>();
        foreach (var (name, values) in expected.Tensors)
        {
            if (actual.Find(name) is { } other)
            {
                compared.Add(TensorComparison.Compare(expected.Spec, name, values, other, tolerance));
            }
        }

        var names = expected.Tensors.Concat(actual.Tensors).Select(tensor => tensor.Name).Distinct();
        return new(compared, [.. names.Where(name => compared.TrueForAll(tensor => tensor.Name != name))]);
    }

    /// <summary>Compares the loss and every gradient of two engines: weights, dx, dh0, dc0 and, where both have it, dL/dh_t.</summary>
    /// <exception cref="ArgumentException">The networks differ in shape.</exception>
    public static GradientComparison Compare<TExpected, TActual>(GradientResult<TExpected> expected, GradientResult<TActual> actual, Tolerance tolerance)
        where TExpected : unmanaged, IFloatingPointIeee754<TExpected>
        where TActual : unmanaged, IFloatingPointIeee754<TActual>
    {
        return Compare(TensorSet.Of(expected), TensorSet.Of(actual), tolerance);
    }

    /// <summary>Compares what two engines computed in a forward pass: y, h and the final state.</summary>
    /// <exception cref="ArgumentException">The networks differ in shape.</exception>
    public static GradientComparison Compare<TExpected, TActual>(RnnSpec spec, ForwardResult<TExpected> expected, ForwardResult<TActual> actual, Tolerance tolerance)
        where TExpected : unmanaged, IFloatingPointIeee754<TExpected>
        where TActual : unmanaged, IFloatingPointIeee754<TActual>
    {
        return Compare(TensorSet.Of(spec, expected), TensorSet.Of(spec, actual), tolerance);
    }

    /// <summary>Compares all weights of two engines, for example after some training steps.</summary>
    /// <exception cref="ArgumentException">The networks differ in shape.</exception>
    public static GradientComparison Compare<TExpected, TActual>(RnnWeights<TExpected> expected, RnnWeights<TActual> actual, Tolerance tolerance)
        where TExpected : unmanaged, IFloatingPointIeee754<TExpected>
        where TActual : unmanaged, IFloatingPointIeee754<TActual>
    {
        return Compare(TensorSet.Of(expected), TensorSet.Of(actual), tolerance);
    }

    /// <summary>The worst array in one line: <c>dWhh[2,7]: manual 1.234e-3, autograd 1.198e-3, relative 3.0e-2 &gt; 1.1e-13 (lstm, T=5, B=2, seed 7)</c>.</summary>
    /// <param name="expected">What the expected values are called.</param>
    /// <param name="actual">What the others are called.</param>
    /// <param name="context">What stands in the brackets; null for none.</param>
    public string Describe(string expected, string actual, string? context = null)
    {
        var line = Worst.Describe(expected, actual);
        return context is null ? line : $"{line} ({context})";
    }
}

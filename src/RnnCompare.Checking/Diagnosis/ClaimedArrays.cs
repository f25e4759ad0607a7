using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The arrays of a program, checked for shape, with what lies past the ends of sequences cleared.</summary>
internal static class ClaimedArrays
{
    /// <exception cref="ArgumentException">An array is unknown or has another shape than it should, or there is none.</exception>
    public static TensorSet Of(Prototype prototype, TensorSet right)
    {
        var claims = new TensorSet(right.Spec);
        foreach (var (name, values) in prototype.Claims.Tensors)
        {
            var expected = right.Find(name)
                ?? throw new ArgumentException($"'{name}' is not an array of this network and batch; it has {string.Join(", ", right.Tensors.Select(tensor => tensor.Name))}.", nameof(prototype));
            if (!values.HasShape(expected.Shape))
            {
                throw new ArgumentException($"{prototype.Naming.NameOf(name)} is {values.ShapeText}, but this network and batch need {expected.ShapeText}.", nameof(prototype));
            }

            claims.Add(name, prototype.Batch.Lengths is { } lengths ? WithoutPadding(right.Spec, name, values, lengths) : values);
        }

        return claims.Tensors.Count > 0 ? claims : throw new ArgumentException("There is no array to check: no gradient, no output, no loss.", nameof(prototype));
    }

    private static NdArray<double> WithoutPadding(RnnSpec spec, string name, NdArray<double> values, IReadOnlyList<int> lengths)
    {
        if (name is "h" or "dx" || (name is "y" or "p" && spec.Outputs == OutputMode.EveryStep))
        {
            return Padding.Cleared(values, lengths);
        }

        if (name != "dh")
        {
            return values;
        }

        var cleared = values.Clone();
        for (var layer = 0; layer < values.Shape[0]; layer++)
        {
            var steps = new NdArray<double>(cleared.Step(layer).ToArray(), [.. values.Shape[1..]]);
            Padding.Clear(steps, lengths);
            steps.Span.CopyTo(cleared.Step(layer));
        }

        return cleared;
    }
}

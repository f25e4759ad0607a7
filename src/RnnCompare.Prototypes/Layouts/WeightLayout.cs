using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The weights and gradients of one network in the arrays of a convention, both ways.</summary>
public sealed class WeightLayout
{
    /// <summary>The arrays that the convention itself would write.</summary>
    /// <exception cref="ArgumentException">The convention has no names for more than one layer in one direction.</exception>
    public WeightLayout(Convention convention, RnnSpec spec)
        : this(convention, spec, names: null)
    {
        if (!convention.Layers.Stacks && spec.Layers * spec.Directions > 1)
        {
            throw new ArgumentException($"{convention} has names for one layer in one direction, but the network has {spec.Layers} × {spec.Directions}.", nameof(spec));
        }
    }

    /// <summary>The arrays that a prototype has; tensors without a name are left out.</summary>
    internal WeightLayout(Convention convention, RnnSpec spec, IReadOnlyDictionary<string, string>? names)
    {
        ArgumentNullException.ThrowIfNull(convention);
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        Places = [.. Enumerate(convention, spec, names)];
    }

    /// <summary>The network.</summary>
    public RnnSpec Spec { get; }

    /// <summary>Every tensor that has an array.</summary>
    public IReadOnlyList<TensorPlace> Places { get; }

    /// <summary>Adds the weights to <paramref name="arrays"/>. A second bias is written as zero.</summary>
    public void WriteWeights<T>(NamedArrays arrays, RnnWeights<T> weights)
        where T : unmanaged, INumber<T> => Write(arrays, weights, "", secondBias: null);

    /// <summary>Adds the gradients to <paramref name="arrays"/>, each under its weight's name with a <c>d</c> in front.</summary>
    public void WriteGradients<T>(NamedArrays arrays, RnnWeights<T> gradients)
        where T : unmanaged, INumber<T> => Write(arrays, gradients, "d", SecondBias.Gradient);

    /// <summary>The weights in canonical form; what has no array is zero.</summary>
    /// <exception cref="InvalidDataException">An array is missing or holds no numbers.</exception>
    public RnnWeights<T> ReadWeights<T>(NamedArrays arrays)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var weights = new RnnWeights<T>(Spec);
        foreach (var place in Places)
        {
            var values = place.Map.Read(arrays.Get<T>(place.Array));
            if (place.Layout.Tensor == SecondBias.Name)
            {
                SecondBias.AddTo(weights.Layer(place.Layer, place.Reverse), values);
            }
            else
            {
                values.Span.CopyTo(weights[place.Tensor].Span);
            }
        }

        return weights;
    }

    private static IEnumerable<TensorPlace> Enumerate(Convention convention, RnnSpec spec, IReadOnlyDictionary<string, string>? names)
    {
        var gates = convention.GatePlaces(spec.Cell);
        for (var i = 0; i < spec.Layers * spec.Directions; i++)
        {
            var (layer, reverse) = (i / spec.Directions, i % spec.Directions == 1);
            foreach (var layout in convention.Tensors.Where(layout => !layout.IsOutput && layout.AppliesTo(spec.Cell)))
            {
                var tensor = layout.Tensor + TensorNames.Suffix(layer, reverse);
                if (NameOf(tensor, convention.Layers.Format(layout.Names[0], layer, reverse)) is { } array)
                {
                    yield return Place(tensor, array, layout, layer, reverse);
                }
            }
        }

        foreach (var layout in convention.Tensors.Where(layout => layout.IsOutput))
        {
            if (NameOf(layout.Tensor, layout.Names[0]) is { } array)
            {
                yield return Place(layout.Tensor, array, layout, 0, false);
            }
        }

        string? NameOf(string tensor, string written) => names is null ? written : names.GetValueOrDefault(tensor);

        TensorPlace Place(string tensor, string array, TensorLayout layout, int layer, bool reverse)
        {
            var sizes = new AxisSizes(spec, layer);
            var map = ArrayMap.Create(layout.CanonicalAxes, layout.Axes, sizes, gates, layout.Part);
            return new(tensor, array, layout, layer, reverse, sizes.Shape(layout.Axes), map);
        }
    }

    private void Write<T>(NamedArrays arrays, RnnWeights<T> weights, string prefix, Func<LayerWeights<T>, NdArray<T>>? secondBias)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(weights);
        weights.RequireSameShapes(new(Spec));
        foreach (var array in Places.GroupBy(place => place.Array))
        {
            var own = new NdArray<T>([.. array.First().Shape]);
            foreach (var place in array)
            {
                if (place.Layout.Tensor != SecondBias.Name)
                {
                    place.Map.Write(weights[place.Tensor], own);
                }
                else if (secondBias is not null)
                {
                    place.Map.Write(secondBias(weights.Layer(place.Layer, place.Reverse)), own);
                }
            }

            arrays.Add(prefix + array.Key, own);
        }
    }
}

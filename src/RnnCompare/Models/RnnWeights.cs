using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Models;

/// <summary>All tensors of a network. Its gradients are of this type too, so that comparing, clipping and stepping are a walk over two of the same.</summary>
/// <typeparam name="T">The element type: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RnnWeights<T>
    where T : unmanaged, INumber<T>
{
    private readonly LayerWeights<T>[] _layers;

    /// <summary>Creates zeros in the shapes of <paramref name="spec"/>.</summary>
    public RnnWeights(RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        _layers = new LayerWeights<T>[spec.Layers * spec.Directions];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new(spec, i / spec.Directions);
        }

        Why = new(spec.OutputSize, spec.FeatureSize);
        by = new(spec.OutputSize);
        Tensors = [.. Enumerate()];
    }

    /// <summary>The network that these tensors belong to.</summary>
    public RnnSpec Spec { get; }

    /// <summary>Output weights (O, D·H).</summary>
    public NdArray<T> Why { get; }

    /// <summary>Output bias (O).</summary>
    public NdArray<T> by { get; }

    /// <summary>The lowest layer's input weights (G·H, I).</summary>
    public NdArray<T> Wxh => _layers[0].Wxh;

    /// <summary>The lowest layer's recurrent weights (G·H, H).</summary>
    public NdArray<T> Whh => _layers[0].Whh;

    /// <summary>The lowest layer's bias (G·H).</summary>
    public NdArray<T> bh => _layers[0].bh;

    /// <summary>Every tensor with its name: layers upwards, forward before reverse direction, the output layer last.</summary>
    public IReadOnlyList<NamedTensor<T>> Tensors { get; }

    /// <summary>The tensor of a name such as <c>Whh.1r</c>.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such tensor.</exception>
    public NdArray<T> this[string name]
    {
        get
        {
            foreach (var tensor in Tensors)
            {
                if (tensor.Name == name)
                {
                    return tensor.Values;
                }
            }

            throw new KeyNotFoundException($"'{name}' is not a tensor of this network; it has {string.Join(", ", Tensors.Select(tensor => tensor.Name))}.");
        }
    }

    /// <summary>The weights of one layer and direction.</summary>
    public LayerWeights<T> Layer(int layer, bool reverse = false) => _layers[(layer * Spec.Directions) + (reverse ? 1 : 0)];

    /// <summary>A copy that shares nothing.</summary>
    public RnnWeights<T> Clone() => Convert<T>();

    /// <summary>A copy in another precision, each value rounded to nearest.</summary>
    public RnnWeights<TTo> Convert<TTo>()
        where TTo : unmanaged, INumber<TTo>
    {
        var result = new RnnWeights<TTo>(Spec);
        for (var i = 0; i < Tensors.Count; i++)
        {
            Tensors[i].Values.Convert<T, TTo>().Data.CopyTo(result.Tensors[i].Values.Data, 0);
        }

        return result;
    }

    /// <summary>Overwrites every value with that of <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(RnnWeights<T> source)
    {
        RequireSameShapes(source);
        for (var i = 0; i < Tensors.Count; i++)
        {
            source.Tensors[i].Values.Data.CopyTo(Tensors[i].Values.Data, 0);
        }
    }

    /// <summary>Makes sure that <paramref name="other"/> has the same tensors in the same shapes.</summary>
    /// <exception cref="ArgumentException">It has not; the message names the first difference.</exception>
    public void RequireSameShapes(RnnWeights<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Tensors.Count != Tensors.Count)
        {
            throw new ArgumentException($"There are {other.Tensors.Count} tensors, but this network has {Tensors.Count}.", nameof(other));
        }

        for (var i = 0; i < Tensors.Count; i++)
        {
            var (own, given) = (Tensors[i], other.Tensors[i]);
            if (own.Name != given.Name || !own.Values.HasShape(given.Values.Shape))
            {
                throw new ArgumentException($"{given.Name} is {given.Values.ShapeText}, but this network has {own.Name} of {own.Values.ShapeText}.", nameof(other));
            }
        }
    }

    private IEnumerable<NamedTensor<T>> Enumerate()
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            var suffix = TensorNames.Suffix(i / Spec.Directions, i % Spec.Directions == 1);
            foreach (var tensor in _layers[i].Tensors)
            {
                yield return new(tensor.Name + suffix, tensor.Values);
            }
        }

        yield return new(TensorNames.Why, Why);
        yield return new(TensorNames.By, by);
    }
}

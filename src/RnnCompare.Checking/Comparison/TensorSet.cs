using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Named arrays of one network, widened to float64: what an engine computed, or what a prototype claims.</summary>
/// <remarks>
/// Names: <c>loss</c> (); <c>y</c>, <c>p</c> (T, B, O) or (B, O); <c>h</c> (T, B, D·H); <c>hT</c>, <c>cT</c> (L·D, B, H);
/// gradients <c>dWxh</c>, <c>dWhh.1r</c>, … in the shapes of their weights; <c>dx</c> (T, B, I); <c>dh0</c>, <c>dc0</c> (L·D, B, H);
/// <c>dh</c> (L·D, T, B, H), the total dL/dh_t of every step.
/// </remarks>
public sealed class TensorSet
{
    private readonly List<NamedTensor<double>> _tensors = [];

    /// <summary>Creates an empty set.</summary>
    /// <param name="spec">The network that the arrays belong to.</param>
    public TensorSet(RnnSpec spec) => Spec = spec;

    /// <summary>The network that the arrays belong to.</summary>
    public RnnSpec Spec { get; }

    /// <summary>The arrays in the order in which they were added.</summary>
    public IReadOnlyList<NamedTensor<double>> Tensors => _tensors;

    /// <summary>Everything that a forward pass computed.</summary>
    public static TensorSet Of<T>(RnnSpec spec, ForwardResult<T> forward)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(forward);
        var set = new TensorSet(spec);
        set.Add("y", forward.Outputs);
        set.Add("h", forward.Hidden);
        set.AddState("hT", "cT", forward.FinalState);
        return set;
    }

    /// <summary>The loss and every gradient.</summary>
    public static TensorSet Of<T>(GradientResult<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(result);
        var set = new TensorSet(result.Weights.Spec);
        set.Add("loss", new NdArray<double>([result.Loss]));
        set.AddWeights("d", result.Weights);
        if (result.Inputs is { } dx)
        {
            set.Add("dx", dx);
        }

        set.AddState("dh0", "dc0", result.InitialState);
        if (result.Hidden is { } dh)
        {
            set.Add("dh", dh);
        }

        return set;
    }

    /// <summary>Weights under their own names, for comparing them after training.</summary>
    public static TensorSet Of<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        var set = new TensorSet(weights.Spec);
        set.AddWeights("", weights);
        return set;
    }

    /// <summary>The array of a name; null where the set has none.</summary>
    public NdArray<double>? Find(string name)
    {
        foreach (var tensor in _tensors)
        {
            if (tensor.Name == name)
            {
                return tensor.Values;
            }
        }

        return null;
    }

    /// <summary>Adds an array.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, NdArray<double> values)
    {
        if (Find(name) is not null)
        {
            throw new ArgumentException($"There are two arrays named {name}.", nameof(name));
        }

        _tensors.Add(new(name, values));
    }

    /// <summary>Adds every array of another set.</summary>
    public void AddAll(TensorSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (name, values) in other.Tensors)
        {
            Add(name, values);
        }
    }

    private void AddWeights<T>(string prefix, RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (name, values) in weights.Tensors)
        {
            Add(prefix + name, values);
        }
    }

    private void AddState<T>(string hidden, string cell, RnnState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Add(hidden, state.Hidden);
        if (state.Cell is not null)
        {
            Add(cell, state.Cell);
        }
    }

    private void Add<T>(string name, NdArray<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Add(name, values.Convert<T, double>());
    }
}

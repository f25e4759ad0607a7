using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Comparison;

/// <summary>Named arrays of one network, widened to float64 where they are not: what an engine computed, or what a prototype claims.</summary>
/// <remarks>
/// Names: <c>loss</c> (); <c>y</c>, <c>p</c> (T, B, O) or (B, O); <c>h</c> (T, B, D·H); <c>hT</c>, <c>cT</c> (L·D, B, H);
/// gradients <c>dWxh</c>, <c>dWhh.1r</c>, … in the shapes of their weights; <c>dx</c> (T, B, I); <c>dh0</c>, <c>dc0</c> (L·D, B, H);
/// <c>dh</c> (L·D, T, B, H), the total dL/dh_t of every step.
/// </remarks>
public sealed class TensorSet
{
    // So many states and gates may be at hand at once: an engine needs some ten times as much around them.
    private const double MostValues = 1 << 20;
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
        set.Add("h", forward.Hidden);
        set.AddState("hT", "cT", forward.FinalState);
        set.Add("y", forward.Outputs);
        return set;
    }

    /// <summary>Everything that an engine computes on a batch, the probabilities of cross-entropy among it. A large batch goes through the engine some sequences at a time.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="truncation">How far the gradients go back; null for full backpropagation through time.</param>
    public static TensorSet Of<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec? truncation = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(batch);
        var spec = engine.Spec;
        var valuesOfOne = (double)batch.Steps * spec.Layers * spec.Directions * (spec.HiddenSize * (1 + spec.Cell.Gates.Count));
        var count = (int)Math.Clamp(MostValues / valuesOfOne, 1, batch.BatchSize);
        if (count == batch.BatchSize)
        {
            return OfWhole(engine, batch, truncation);
        }

        batch = batch.Prepare(spec, needsTargets: true);
        batch = batch with { LossWeights = batch.LossWeightsFor(spec) };
        var whole = new TensorSet(spec);
        for (var first = 0; first < batch.BatchSize; first += count)
        {
            var part = OfWhole(engine, batch.Part(first, Math.Min(count, batch.BatchSize - first)), truncation);
            foreach (var (name, values) in part.Tensors)
            {
                whole.Collect(name, values, first, batch.BatchSize);
            }
        }

        return whole;
    }

    // The entries of these sequences, or their part of a sum over all.
    private void Collect(string name, NdArray<double> values, int first, int batchSize)
    {
        if (SequenceAxis(name, values.Rank) is { } axis)
        {
            if (first == 0)
            {
                Add(name, new NdArray<double>([.. values.Shape[..axis], batchSize, .. values.Shape[(axis + 1)..]]));
            }

            Find(name)!.SetPart(axis, first, values);
        }
        else if (first == 0)
        {
            Add(name, values.Clone());
        }
        else
        {
            Vectors.Add<double>(values.Span, Find(name)!.Span);
        }
    }

    private static int? SequenceAxis(string name, int rank) => name switch
    {
        "y" or "p" => rank - 2,
        "h" or "hT" or "cT" or "dx" or "dh0" or "dc0" => 1,
        "dh" => 2,
        _ => null,
    };

    private static TensorSet OfWhole<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec? truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var forward = engine.Forward(batch);
        var set = Of(engine.Spec, forward);
        if (engine.Spec.Loss == LossKind.CrossEntropy)
        {
            var (y, p) = (forward.Outputs, forward.Outputs.Clone());
            Function.Softmax.Evaluate<T>(y.Span, p.Span, y.Columns);
            set.Add("p", batch.Lengths is { } lengths && engine.Spec.Outputs == OutputMode.EveryStep ? Padding.Cleared(p, lengths) : p);
        }

        set.AddAll(Of(truncation is null ? engine.Gradients(batch) : TruncatedBptt.Gradients(engine, batch, truncation)));
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
        Add(name, values is NdArray<double> same ? same : values.Convert<T, double>());
    }
}

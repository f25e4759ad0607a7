using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Writes a network, a batch and results as a prototype of some convention has them: what <see cref="PrototypeReader"/> reads.</summary>
public sealed class PrototypeWriter
{
    private readonly WeightLayout _layout;
    private readonly Convention _convention;
    private readonly AxisSizes _sizes;
    private readonly bool _hasTargets;

    private PrototypeWriter(Convention convention, RnnSpec spec, AxisSizes sizes, bool hasTargets)
    {
        _layout = new(convention, spec);
        _convention = convention;
        _sizes = sizes;
        _hasTargets = hasTargets;
        Arrays.Add(ArrayNames.Meta, PrototypeOptions.Of(convention, spec).ToJson());
    }

    /// <summary>What is to be saved.</summary>
    public NamedArrays Arrays { get; } = new();

    /// <summary>Starts with <c>meta</c>, the weights and a batch.</summary>
    /// <param name="convention">The convention.</param>
    /// <param name="weights">The weights, and with them the network.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The convention has no names for that many layers, or the batch does not fit.</exception>
    public static PrototypeWriter Create<T>(Convention convention, RnnWeights<T> weights, SequenceBatch<T> batch)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(convention);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.LossWeights is not null)
        {
            throw new ArgumentException("The batch has weights of its losses, for which prototypes have no array.", nameof(batch));
        }

        var spec = weights.Spec;
        batch = batch.Prepare(spec, needsTargets: batch.Targets is not null);
        var writer = new PrototypeWriter(convention, spec, new(spec, Steps: batch.Steps, BatchSize: batch.BatchSize), batch.Targets is not null);
        writer._layout.WriteWeights(writer.Arrays, weights);
        writer.AddBatch(batch);
        return writer;
    }

    /// <summary>Adds the gradients of the weights.</summary>
    public void AddGradients<T>(RnnWeights<T> gradients)
        where T : unmanaged, INumber<T> => _layout.WriteGradients(Arrays, gradients);

    /// <summary>Adds a result: <c>loss</c>, <c>y</c>, <c>p</c>, <c>h</c>, <c>dh</c>, <c>dx</c>, <c>dh0</c> or <c>dc0</c>, in the shapes of <see cref="SavedPrototype.Claims"/>.</summary>
    /// <param name="tensor">The canonical name.</param>
    /// <param name="values">The values in canonical axes; without targets, <c>dh</c> is the given adjoint (T, B, D·H).</param>
    /// <exception cref="ArgumentException">There is no such array, or the shape is another.</exception>
    public void Add<T>(string tensor, NdArray<T> values)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(values);
        Add(tensor, values, tensor == "dh" && !_hasTargets ? "TBF" : SequenceAxes.Canonical(tensor, _layout.Spec.Outputs));
    }

    private void AddBatch<T>(SequenceBatch<T> batch)
        where T : unmanaged, INumber<T>
    {
        if (batch.Inputs.Values is { } x)
        {
            Add(ArrayNames.Inputs, x, "TBI");
        }
        else
        {
            Add(ArrayNames.Inputs, batch.Inputs.Tokens!, "TB");
        }

        var steps = _layout.Spec.Outputs == OutputMode.EveryStep ? "TB" : "B";
        if (batch.Targets?.Classes is { } classes)
        {
            Add(ArrayNames.Targets, classes, steps);
        }
        else if (batch.Targets?.Values is { } values)
        {
            Add(ArrayNames.Targets, values, steps + "O");
        }

        if (batch.Lengths is { } lengths)
        {
            Add(ArrayNames.Lengths, new NdArray<long>([.. lengths.Select(length => (long)length)], lengths.Count));
        }

        if (batch.InitialState is { } state)
        {
            Add(ArrayNames.Hidden0, state.Hidden);
            if (_layout.Spec.Cell.HasCellState)
            {
                Add(ArrayNames.Cell0, state.Cell!);
            }
        }
    }

    private void Add<T>(string tensor, NdArray<T> values, string canonicalAxes)
        where T : unmanaged, INumber<T>
    {
        if (!values.HasShape(_sizes.Shape(canonicalAxes)))
        {
            throw new ArgumentException($"{tensor} is {values.ShapeText}, but {_sizes.Describe(canonicalAxes)} is expected.", nameof(values));
        }

        var ownAxes = SequenceAxes.Own(canonicalAxes, _convention.Sequences[0]);
        ownAxes = _convention.StatesHaveLayers || _sizes['L'] > 1 ? ownAxes : ownAxes.TrimStart('L');
        var own = new NdArray<T>(_sizes.Shape(ownAxes));
        ArrayMap.Create(canonicalAxes, ownAxes, _sizes, gates: []).Write(values, own);
        Arrays.Add(ArrayNames.Own(_convention, tensor), own);
    }
}

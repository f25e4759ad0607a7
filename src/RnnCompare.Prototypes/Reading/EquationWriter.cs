using System.Numerics;
using System.Text.Json;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Writes a network of a cell's equations, a batch and gradients under the names of the equations, with the axes that they have there: what <see cref="PrototypeReader"/> reads.</summary>
public sealed class EquationWriter
{
    private readonly EquationCell _cell;
    private readonly RnnSpec _spec;

    private EquationWriter(EquationCell cell, RnnSpec spec)
    {
        (_cell, _spec) = (cell, spec);
        Arrays.Add(ArrayNames.Meta, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["loss"] = spec.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared-error",
            ["outputs"] = spec.Outputs == OutputMode.EveryStep ? "every-step" : "last-step",
            ["reduction"] = spec.Reduction == Reduction.Sum ? "sum" : "mean",
            ["batch_first"] = "false",
        }));
    }

    /// <summary>What is to be saved.</summary>
    public NamedArrays Arrays { get; } = new();

    /// <summary>Starts with <c>meta</c>, the weights and a batch.</summary>
    /// <param name="weights">The weights of a cell of equations.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The cell is not known by its equations, or the batch does not fit.</exception>
    public static EquationWriter Create<T>(RnnWeights<T> weights, SequenceBatch<T> batch)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        var spec = weights.Spec;
        var writer = new EquationWriter(spec.Cell as EquationCell ?? throw new ArgumentException($"The {spec.Cell} cell is not known by its equations.", nameof(weights)), spec);
        writer.AddWeights(weights, "");
        writer.AddBatch(batch.Prepare(spec, needsTargets: batch.Targets is not null));
        return writer;
    }

    /// <summary>Adds the gradients of the weights, each under its weight's name with a <c>d</c> in front.</summary>
    public void AddGradients<T>(RnnWeights<T> gradients)
        where T : unmanaged, INumber<T> => AddWeights(gradients, "d");

    private void AddWeights<T>(RnnWeights<T> weights, string prefix)
        where T : unmanaged, INumber<T>
    {
        var equations = _cell.Equations;
        for (var i = 0; i < _spec.Layers * _spec.Directions; i++)
        {
            var (layer, isReverse) = (i / _spec.Directions, i % _spec.Directions == 1);
            var letters = equations.LettersFor(_spec.LayerInputSize(layer), _spec.HiddenSize);
            var tensors = weights.Layer(layer, isReverse);
            foreach (var weight in equations.Weights)
            {
                // Of stacked weights each is its own array, as the equations have it.
                int[] shape = [.. weight.Shape.Axes.Select(axis => axis.Evaluate(letters))];
                var (tensor, offset) = equations.PlaceOf(weight.Name, letters);
                Arrays.Add(prefix + weight.Name + TensorNames.Suffix(layer, isReverse), new NdArray<T>([.. tensors[tensor].Data.AsSpan(offset, weight.Length(letters))], shape));
            }
        }

        var readOut = equations.ReadOut;
        Arrays.Add(prefix + readOut.Weight, readOut.IsOutputMajor ? weights.Why.Clone() : weights.Why.Transpose());
        if (readOut.Bias is { } bias)
        {
            Arrays.Add(prefix + bias, weights.by.Clone());
        }
    }

    private void AddBatch<T>(SequenceBatch<T> batch)
        where T : unmanaged, INumber<T>
    {
        if (batch.Inputs.Values is { } x)
        {
            Arrays.Add(ArrayNames.Inputs, x);
        }
        else
        {
            Arrays.Add(ArrayNames.Inputs, batch.Inputs.Tokens!);
        }

        if (batch.Targets?.Classes is { } classes)
        {
            Arrays.Add(ArrayNames.Targets, classes);
        }
        else if (batch.Targets?.Values is { } values)
        {
            Arrays.Add(ArrayNames.Targets, values);
        }

        if (batch.Lengths is { } lengths)
        {
            Arrays.Add(ArrayNames.Lengths, new NdArray<long>([.. lengths.Select(length => (long)length)], lengths.Count));
        }

        if (batch.InitialState is { } state)
        {
            AddState(state);
        }
    }

    // Each state under its own name: h0 for h.
    private void AddState<T>(RnnState<T> state)
        where T : unmanaged, INumber<T>
    {
        var letters = _cell.Equations.LettersFor(1, _spec.HiddenSize);
        var start = 0;
        foreach (var own in _cell.Equations.States)
        {
            var isFirst = own == _cell.Equations.States[0];
            var (values, length) = (isFirst ? state.Hidden : state.Cell!, own.Length.Evaluate(letters));
            var part = _spec.Layers * _spec.Directions > 1 ? new NdArray<T>([.. values.Shape[..^1], length]) : new NdArray<T>(values.Shape[1], length);
            values.View().ColumnRange(isFirst ? 0 : start, length).CopyTo(part.View());
            start += isFirst ? 0 : length;
            Arrays.Add(own.Name + "0", part);
        }
    }
}

using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>What a model should compute: the states and, where the weights have a read-out, the outputs of a network on what the model's lowest operator read.</summary>
internal sealed class ExpectedNetwork
{
    private readonly NetworkWeights _file;
    private readonly NdArray<double> _hidden;
    private readonly NdArray<double> _outputs;
    private readonly NoiseFloor _floor;

    /// <summary>Computes it.</summary>
    /// <exception cref="InputException">The network has other sizes than the model.</exception>
    public ExpectedNetwork(string path, NetworkWeights file, OnnxTrace trace)
    {
        _file = file;
        var (spec, own, batch) = (file.Weights.Spec, trace.Network().Spec, trace.Batch());
        if ((spec.InputSize, spec.HiddenSize, spec.Layers, spec.Directions) != (own.InputSize, own.HiddenSize, own.Layers, own.Directions))
        {
            throw new InputException($"{path}: has I={spec.InputSize} H={spec.HiddenSize} L={spec.Layers} D={spec.Directions}, but {trace.File.Path} has I={own.InputSize} H={own.HiddenSize} L={own.Layers} D={own.Directions}.");
        }

        if (spec.Cell.HasCellState != own.Cell.HasCellState || spec.Cell.Gates.Count != own.Cell.Gates.Count)
        {
            throw new InputException($"{path}: is {spec.Cell}, but {trace.File.Path} is {own.Cell}.");
        }

        using var engine = new ManualEngine<double>(file.Weights);
        var forward = engine.Forward(batch);
        (_hidden, _outputs, _floor) = (forward.Hidden, forward.Outputs, OnnxProof.Floor(file.Weights, batch));
    }

    private RnnSpec Spec => _file.Weights.Spec;

    /// <summary>Compares a run of the model.</summary>
    public IReadOnlyList<TensorComparison> Compare(OnnxTrace trace)
    {
        var hidden = TensorComparison.Compare(Spec, "h", _hidden, trace.Layers[^1].Features.Convert<float, double>(), _floor);
        return _file.HasReadOut && Expected(trace) is var (expected, found) ? [hidden, TensorComparison.Compare(Spec, "y", expected, found, _floor)] : [hidden];
    }

    // The model's output may be at every step or at the last, and have the batch first; or there is none of the read-out's.
    private (NdArray<double> Expected, NdArray<double> Found)? Expected(OnnxTrace trace)
    {
        var (steps, batch, size) = (_hidden.Shape[0], _hidden.Shape[1], Spec.OutputSize);
        var everyStep = _outputs.Rank == 3;
        foreach (var values in trace.Outputs.Values)
        {
            var found = values.Convert<float, double>();
            if (everyStep && values.HasShape(steps, batch, size))
            {
                return (_outputs, found);
            }

            if (everyStep && values.HasShape(batch, steps, size))
            {
                return (Swapped(_outputs), found);
            }

            if (values.HasShape(batch, size))
            {
                return (everyStep ? _outputs.Cut(steps - 1, steps).Reshape(batch, size) : _outputs, found);
            }
        }

        return null;
    }

    private static NdArray<double> Swapped(NdArray<double> values)
    {
        var (steps, batch, size) = (values.Shape[0], values.Shape[1], values.Shape[2]);
        var result = new NdArray<double>(batch, steps, size);
        for (var i = 0; i < steps * batch; i++)
        {
            values.Data.AsSpan(i * size, size).CopyTo(result.Data.AsSpan((((i % batch) * steps) + (i / batch)) * size));
        }

        return result;
    }
}

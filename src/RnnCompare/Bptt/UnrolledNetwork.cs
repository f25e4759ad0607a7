using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>A network unrolled over T steps of B sequences: its buffers, its forward pass and backpropagation through time.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Werbos 1990. Products over all steps stand outside of the time loop: the input projection before it, the weight gradients
/// after it. Every buffer belongs to this object, so that a training step allocates nothing.
/// </remarks>
internal sealed class UnrolledNetwork<T> : IUnrolledNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly StackedLayer<T>[] _layers;
    private readonly OutputLayer<T> _output;

    public UnrolledNetwork(RnnWeights<T> weights, int steps, int batchSize, Workers workers)
    {
        _weights = weights;
        (Steps, BatchSize) = (steps, batchSize);
        _layers = [.. Enumerable.Range(0, weights.Spec.Layers).Select(layer => new StackedLayer<T>(weights, layer, steps, batchSize, workers))];
        Tapes = [.. _layers.SelectMany(layer => layer.Tapes)];
        _output = new(weights, steps, batchSize, workers);
    }

    public int Steps { get; }

    public int BatchSize { get; }

    /// <summary>The outputs of the last forward pass, (T, B, O) or (B, O).</summary>
    public NdArray<T> Outputs => _output.y;

    /// <summary>The states of every layer and direction, from the lowest upwards.</summary>
    public CellTape<T>[] Tapes { get; }

    /// <summary>The top layer's hidden states (T·B, D·H).</summary>
    public MatrixView<T> Features => _layers[^1].Features;

    /// <summary>Computes states and outputs.</summary>
    public void Forward(SequenceBatch<T> batch)
    {
        LoadInitialState(batch.InitialState);
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Forward(InputsOf(layer, batch), batch.Lengths);
        }

        _output.Forward(Features, batch);
    }

    /// <summary>Computes the loss of the last forward pass, and its gradients.</summary>
    /// <param name="batch">The batch of that pass.</param>
    /// <param name="gradients">The gradients of all weights, overwritten.</param>
    /// <param name="dx">The gradient of real inputs (T, B, I), overwritten; null where it is not wanted.</param>
    /// <returns>The loss.</returns>
    public double Backward(SequenceBatch<T> batch, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        var loss = _output.Loss(batch);
        _output.Backward(Features, batch, gradients, _layers[^1].dFeatures);
        BackwardThroughLayers(batch, gradients, dx);
        return loss;
    }

    /// <summary>Computes the gradients of Σ_t ⟨dHidden_t, h_t⟩, for an upstream adjoint of the top layer's hidden states in place of a loss.</summary>
    /// <param name="batch">The batch of the last forward pass.</param>
    /// <param name="dHidden">The adjoint (T, B, D·H).</param>
    /// <param name="gradients">The gradients of all recurrent weights, overwritten; those of the output layer are left alone.</param>
    /// <param name="dx">The gradient of real inputs (T, B, I), overwritten; null where it is not wanted.</param>
    public void Backward(SequenceBatch<T> batch, NdArray<T> dHidden, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        dHidden.View().CopyTo(_layers[^1].dFeatures);
        BackwardThroughLayers(batch, gradients, dx);
    }

    /// <inheritdoc/>
    public void CopyFinalState(RnnState<T> destination)
    {
        for (var i = 0; i < Tapes.Length; i++)
        {
            Tapes[i].Hidden.Step(Tapes[i].FinalSlot).CopyTo(destination.Hidden.Step(i));
            if (destination.Cell is not null)
            {
                Tapes[i].Cell.Step(Tapes[i].FinalSlot).CopyTo(destination.Cell.Step(i));
            }
        }
    }

    /// <inheritdoc/>
    public void CopyInitialGradient(RnnState<T> destination)
    {
        for (var i = 0; i < Tapes.Length; i++)
        {
            Tapes[i].dHidden.Step(Tapes[i].InitialSlot).CopyTo(destination.Hidden.Step(i));
            if (destination.Cell is not null)
            {
                Tapes[i].dCell.Step(Tapes[i].InitialSlot).CopyTo(destination.Cell.Step(i));
            }
        }
    }

    /// <inheritdoc/>
    public void CopyHiddenGradient(int index, MatrixView<T> destination) => Tapes[index].States(Tapes[index].dHidden).CopyTo(destination);

    private void BackwardThroughLayers(SequenceBatch<T> batch, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        for (var layer = _layers.Length - 1; layer >= 0; layer--)
        {
            _layers[layer].Backward(InputsOf(layer, batch), batch.Lengths, gradients, layer);
            if (layer > 0)
            {
                _layers[layer].InputGradient(_layers[layer - 1].dFeatures);
            }
        }

        if (dx is not null)
        {
            _layers[0].InputGradient(dx.View());
        }
    }

    private LayerInputs<T> InputsOf(int layer, SequenceBatch<T> batch)
    {
        return layer == 0 ? new(batch.Inputs) : new(_layers[layer - 1].Features);
    }

    private void LoadInitialState(RnnState<T>? state)
    {
        for (var i = 0; i < Tapes.Length; i++)
        {
            Load(state?.Hidden, i, Tapes[i].Hidden.Step(Tapes[i].InitialSlot));
            if (_weights.Spec.Cell.HasCellState)
            {
                Load(state?.Cell, i, Tapes[i].Cell.Step(Tapes[i].InitialSlot));
            }
        }
    }

    private static void Load(NdArray<T>? source, int index, Span<T> initial)
    {
        if (source is null)
        {
            initial.Clear();
        }
        else
        {
            source.Step(index).CopyTo(initial);
        }
    }
}

using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Engines;

/// <summary>The engine whose forward pass and backpropagation through time are written out by hand.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class ManualEngine<T> : IRnnEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly RnnWeights<T> _gradients;
    private readonly TrainingOptions _training;
    private readonly Optimizer<T> _optimizer;
    private readonly Workers _workers;
    private UnrolledNetwork<T>? _network;
    private RnnState<T>? _finalState;
    private SequenceBatch<T>? _forwardBatch; // the batch whose states the network holds

    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How <see cref="Train"/> updates; null for plain SGD.</param>
    /// <param name="threads">How many threads compute; results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer threads than one.</exception>
    public ManualEngine(RnnWeights<T> weights, TrainingOptions? training = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights.Clone();
        _gradients = new(weights.Spec);
        _training = training ?? new();
        _optimizer = Optimizer<T>.Create(_training.Optimizer, weights.Spec);
        _workers = new(threads);
    }

    /// <inheritdoc/>
    public string Name => "manual";

    /// <inheritdoc/>
    public RnnSpec Spec => _weights.Spec;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _optimizer.LearningRate;
        set => _optimizer.LearningRate = value;
    }

    /// <inheritdoc/>
    public RnnWeights<T> ReadWeights() => _weights.Clone();

    /// <inheritdoc/>
    public void LoadWeights(RnnWeights<T> weights)
    {
        _forwardBatch = null;
        _weights.CopyFrom(weights);
    }

    /// <inheritdoc/>
    public ForwardResult<T> Forward(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: false);
        var network = NetworkFor(batch);
        network.Forward(batch);
        var hidden = new NdArray<T>(batch.Steps, batch.BatchSize, Spec.FeatureSize);
        network.Features.CopyTo(hidden.View());
        var outputs = network.Outputs.Clone();
        if (batch.Lengths is not null)
        {
            Padding.Clear(hidden, batch.Lengths);
            if (Spec.Outputs == OutputMode.EveryStep)
            {
                Padding.Clear(outputs, batch.Lengths);
            }
        }

        var final = RnnState<T>.Zeros(Spec, batch.BatchSize);
        CopyFinalState(network, final);
        _forwardBatch = batch;
        return new() { Outputs = outputs, Hidden = hidden, FinalState = final };
    }

    /// <inheritdoc/>
    public GradientResult<T> Gradients(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        var network = NetworkFor(batch);
        network.Forward(batch);
        var (gradients, dx) = (new RnnWeights<T>(Spec), InputGradient(batch));
        var loss = network.Backward(batch, gradients, dx);
        return Result(loss, gradients, dx, network, batch);
    }

    /// <inheritdoc/>
    public GradientResult<T> Gradients(SequenceBatch<T> batch, NdArray<T> dHidden)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: false);
        dHidden = batch.PrepareUpstream(Spec, dHidden);
        NetworkFor(batch).Forward(batch);
        return Differentiate(batch, dHidden);
    }

    /// <summary>Computes what <see cref="Gradients(SequenceBatch{T}, NdArray{T})"/> does, on the batch and the weights of the last <see cref="Forward"/>, which is not computed again.</summary>
    /// <param name="dHidden">(T, B, D·H); steps past a sequence's end are ignored.</param>
    /// <exception cref="ArgumentException">The adjoint does not fit the batch.</exception>
    /// <exception cref="InvalidOperationException">The last call was no forward pass.</exception>
    public GradientResult<T> Backward(NdArray<T> dHidden)
    {
        var batch = _forwardBatch ?? throw new InvalidOperationException("The states of a forward pass are gone, since something else was computed after it.");
        dHidden = batch.PrepareUpstream(Spec, dHidden);
        _forwardBatch = null;
        return Differentiate(batch, dHidden);
    }

    private GradientResult<T> Differentiate(SequenceBatch<T> batch, NdArray<T> dHidden)
    {
        var network = NetworkFor(batch);
        var (gradients, dx) = (new RnnWeights<T>(Spec), InputGradient(batch));
        network.Backward(batch, dHidden, gradients, dx);

        var product = 0.0;
        for (var row = 0; row < dHidden.Rows; row++)
        {
            for (var j = 0; j < dHidden.Columns; j++)
            {
                product += double.CreateChecked(dHidden[row, j]) * double.CreateChecked(network.Features[row, j]);
            }
        }

        return Result(product, gradients, dx, network, batch);
    }

    /// <summary>Computes the loss and its gradients as <see cref="Gradients(SequenceBatch{T})"/> does, and tells everything on the way.</summary>
    /// <returns>A record for each layer and direction: layers upwards, forward before reverse.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public IReadOnlyList<LayerRecord<T>> Record(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        var network = NetworkFor(batch);
        network.Forward(batch);
        network.Backward(batch, new(Spec), dx: null);
        return [.. network.Tapes.Select((tape, index) => tape.Record(index / Spec.Directions))];
    }

    /// <inheritdoc/>
    public TrainingStep<T> Train(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        var network = NetworkFor(batch);
        network.Forward(batch);
        var loss = network.Backward(batch, _gradients, dx: null);
        GradientClipping.Apply(_training.Clipping, _gradients);
        _optimizer.Step(_weights, _gradients);
        _finalState = _finalState?.Hidden.Shape[1] == batch.BatchSize ? _finalState : RnnState<T>.Zeros(Spec, batch.BatchSize);
        CopyFinalState(network, _finalState);
        return new(loss, _finalState);
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();

    private static NdArray<T>? InputGradient(SequenceBatch<T> batch)
    {
        return batch.Inputs.Values is { } values ? new([.. values.Shape]) : null;
    }

    // Buffers are kept for the last shape of a batch: training repeats one shape, and then allocates nothing.
    private UnrolledNetwork<T> NetworkFor(SequenceBatch<T> batch)
    {
        _forwardBatch = null;
        if (_network is null || _network.Steps != batch.Steps || _network.BatchSize != batch.BatchSize)
        {
            _network = new(_weights, batch.Steps, batch.BatchSize, _workers);
        }

        return _network;
    }

    private GradientResult<T> Result(double loss, RnnWeights<T> gradients, NdArray<T>? dx, UnrolledNetwork<T> network, SequenceBatch<T> batch)
    {
        var initial = RnnState<T>.Zeros(Spec, batch.BatchSize);
        var hidden = new NdArray<T>(Spec.Layers * Spec.Directions, batch.Steps, batch.BatchSize, Spec.HiddenSize);
        var index = 0;
        foreach (var tape in network.Tapes)
        {
            tape.dHidden.Step(tape.InitialSlot).CopyTo(initial.Hidden.Step(index));
            if (initial.Cell is not null)
            {
                tape.dCell.Step(tape.InitialSlot).CopyTo(initial.Cell.Step(index));
            }

            var steps = new NdArray<T>(batch.Steps, batch.BatchSize, Spec.HiddenSize);
            tape.States(tape.dHidden).CopyTo(steps.View());
            if (batch.Lengths is not null)
            {
                Padding.Clear(steps, batch.Lengths);
            }

            steps.Span.CopyTo(hidden.Step(index++));
        }

        return new() { Loss = loss, Weights = gradients, Inputs = dx, InitialState = initial, Hidden = hidden };
    }

    private static void CopyFinalState(UnrolledNetwork<T> network, RnnState<T> destination)
    {
        var index = 0;
        foreach (var tape in network.Tapes)
        {
            tape.Hidden.Step(tape.FinalSlot).CopyTo(destination.Hidden.Step(index));
            if (destination.Cell is not null)
            {
                tape.Cell.Step(tape.FinalSlot).CopyTo(destination.Cell.Step(index));
            }

            index++;
        }
    }
}

using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Engines;

/// <summary>What engines share that unroll the network themselves: weights, optimizer, and the buffers for a shape of batch.</summary>
/// <typeparam name="T">The precision.</typeparam>
public abstract class UnrolledEngine<T> : IResumableEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly RnnWeights<T> _gradients;
    private readonly TrainingOptions _training;
    private readonly Optimizer<T> _optimizer;
    private readonly Workers _workers;
    private IUnrolledNetwork<T>? _network;
    private RnnState<T>? _finalState;
    private SequenceBatch<T>? _forwardBatch; // the batch whose states the network holds

    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="name">The name in tables and files.</param>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How <see cref="Train"/> updates; null for plain SGD.</param>
    /// <param name="threads">How many threads compute; results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer threads than one.</exception>
    protected UnrolledEngine(string name, RnnWeights<T> weights, TrainingOptions? training, int threads)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Name = name;
        _weights = weights.Clone();
        _gradients = new(weights.Spec);
        _training = training ?? new();
        _optimizer = Optimizer<T>.Create(_training.Optimizer, weights.Spec);
        _workers = new(threads);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RnnSpec Spec => _weights.Spec;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _optimizer.LearningRate;
        set => _optimizer.LearningRate = value;
    }

    /// <inheritdoc/>
    public bool MeasuresGradients { get; set; }

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
        network.CopyFinalState(final);
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
        return GradientResult<T>.Of(loss, gradients, dx, network, batch);
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

        return GradientResult<T>.Of(product, gradients, dx, network, batch);
    }

    /// <inheritdoc/>
    public TrainingStep<T> Train(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        var network = NetworkFor(batch);
        network.Forward(batch);
        var loss = network.Backward(batch, _gradients, dx: null);
        GradientSize? size = MeasuresGradients ? GradientSize.Measure(_training.Clipping, () => _gradients) : null;
        GradientClipping.Apply(_training.Clipping, _gradients);
        _optimizer.Step(_weights, _gradients);
        _finalState = _finalState?.Hidden.Shape[1] == batch.BatchSize ? _finalState : RnnState<T>.Zeros(Spec, batch.BatchSize);
        network.CopyFinalState(_finalState);
        return new(loss, _finalState) { Gradients = size };
    }

    /// <inheritdoc/>
    public TrainingMemory<T> SaveTraining()
    {
        return new(ReadWeights(), _optimizer.StepCount, _optimizer.Memory.ToDictionary(part => part.Name, part => part.Values.Clone()));
    }

    /// <inheritdoc/>
    public void RestoreTraining(TrainingMemory<T> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        LoadWeights(memory.Weights);
        _optimizer.Restore(memory.Steps, memory.Optimizer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Unrolls the network over a shape of batch.</summary>
    /// <param name="weights">The weights, which change while the network is used.</param>
    /// <param name="steps">T.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="workers">Who shares the work.</param>
    protected abstract IUnrolledNetwork<T> Unroll(RnnWeights<T> weights, int steps, int batchSize, Workers workers);

    /// <summary>The network unrolled over the shape of a batch. Buffers are kept for the last shape: training repeats one, and then allocates nothing.</summary>
    protected IUnrolledNetwork<T> NetworkFor(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _forwardBatch = null;
        if (_network is null || _network.Steps != batch.Steps || _network.BatchSize != batch.BatchSize)
        {
            _network = Unroll(_weights, batch.Steps, batch.BatchSize, _workers);
        }

        return _network;
    }

    private static NdArray<T>? InputGradient(SequenceBatch<T> batch)
    {
        return batch.Inputs.Values is { } values ? new([.. values.Shape]) : null;
    }
}

using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>What the engines over TorchSharp share: batches in, results out, and the training step.</summary>
/// <typeparam name="T">The precision: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class TorchEngine<T> : IResumableEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TorchNetwork _network;
    private readonly TorchTrainer _trainer;

    private protected TorchEngine(string name, RnnWeights<T> weights, TorchNetwork network, TrainingOptions? training)
    {
        Name = name;
        Spec = weights.Spec;
        _network = network;
        network.LeaveScope();
        LoadWeights(weights);
        _trainer = new(network, training ?? new());
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RnnSpec Spec { get; }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _trainer.LearningRate;
        set => _trainer.LearningRate = value;
    }

    /// <inheritdoc/>
    public bool MeasuresGradients { get; set; }

    /// <inheritdoc/>
    public RnnWeights<T> ReadWeights() => Collect(part => part.Values);

    /// <inheritdoc/>
    public void LoadWeights(RnnWeights<T> weights)
    {
        new RnnWeights<T>(Spec).RequireSameShapes(weights);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (tensor, part) in weights.Tensors.Zip(_network.Parts))
        {
            part.Values.copy_(TorchArrays.ToTensor(tensor.Values));
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// On the path that keeps gradients, although none are asked for: without them, libtorch 2.10 hands a float32 nn.LSTM to
    /// oneDNN, which computes wrong states where H mod 32 is 1 to 16 (seen with AVX-512).
    /// </remarks>
    public ForwardResult<T> Forward(SequenceBatch<T> batch) => Forward(batch, GradientMode.Kept);

    /// <summary>A forward pass on one of libtorch's paths; not all of them need compute the same (see <see cref="Forward(SequenceBatch{T})"/>).</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="mode">What libtorch keeps for autograd meanwhile.</param>
    /// <exception cref="ArgumentException">The batch does not fit the network.</exception>
    public ForwardResult<T> Forward(SequenceBatch<T> batch, GradientMode mode)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: false);
        using var scope = NewDisposeScope();
        using var path = mode switch { GradientMode.NoGrad => no_grad(), GradientMode.Inference => inference_mode(), _ => null };
        var pass = _network.Run(TorchInputs.From(Spec, batch, trackGradients: false), keepStates: false);
        var hidden = TorchArrays.ToNdArray<T>(pass.Features, batch.Steps, batch.BatchSize, Spec.FeatureSize);
        var y = TorchOutputs.Compute(_network, pass.Features, TorchOutputs.RowsWithOutput(Spec, batch, padded: true));
        var outputs = Spec.Outputs == OutputMode.EveryStep
            ? TorchArrays.ToNdArray<T>(y, batch.Steps, batch.BatchSize, Spec.OutputSize)
            : TorchArrays.ToNdArray<T>(y, batch.BatchSize, Spec.OutputSize);
        if (batch.Lengths is not null)
        {
            Padding.Clear(hidden, batch.Lengths);
            if (Spec.Outputs == OutputMode.EveryStep)
            {
                Padding.Clear(outputs, batch.Lengths);
            }
        }

        return new() { Outputs = outputs, Hidden = hidden, FinalState = ReadState(pass, batch.BatchSize) };
    }

    /// <inheritdoc/>
    public GradientResult<T> Gradients(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        return Differentiate(batch, pass => TorchOutputs.Loss(_network, Spec, batch, pass.Features));
    }

    /// <inheritdoc/>
    public GradientResult<T> Gradients(SequenceBatch<T> batch, NdArray<T> dHidden)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: false);
        dHidden = batch.PrepareUpstream(Spec, dHidden);
        return Differentiate(batch, pass => (pass.Features * TorchArrays.ToTensor(dHidden)).sum());
    }

    /// <inheritdoc/>
    public TrainingStep<T> Train(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = batch.Prepare(Spec, needsTargets: true);
        using var scope = NewDisposeScope();
        var pass = _network.Run(TorchInputs.From(Spec, batch, trackGradients: false), keepStates: false);
        var loss = TorchOutputs.Loss(_network, Spec, batch, pass.Features);
        GradientSize? size = null;
        _trainer.Step(loss, clipping => size = MeasuresGradients ? GradientSize.Measure(clipping, () => Collect(part => part.Gradient)) : null);
        return new(TorchArrays.ToDouble<T>(loss), ReadState(pass, batch.BatchSize)) { Gradients = size };
    }

    /// <inheritdoc/>
    public TrainingMemory<T> SaveTraining()
    {
        var memory = _trainer.Memory;
        return new(ReadWeights(), _trainer.Steps, memory[0].Select(kept => kept.Name).ToDictionary(name => name, name => Collect((part, i) =>
            memory[i].First(kept => kept.Name == name).Values.narrow(0, part.Start, part.Rows))));
    }

    /// <inheritdoc/>
    public void RestoreTraining(TrainingMemory<T> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        LoadWeights(memory.Weights);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        _trainer.BeginAt(memory.Steps);
        foreach (var (i, kept) in _trainer.Memory.Index())
        {
            var part = _network.Parts[i];
            foreach (var (name, values) in kept)
            {
                var source = memory.Optimizer.GetValueOrDefault(name) ?? throw new ArgumentException($"The memory of the optimizer has no {name}; it has {string.Join(", ", memory.Optimizer.Keys)}.", nameof(memory));
                values.narrow(0, part.Start, part.Rows).copy_(TorchArrays.ToTensor(source.Tensors[i].Values));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
        GC.SuppressFinalize(this);
    }

    private GradientResult<T> Differentiate(SequenceBatch<T> batch, Func<TorchPass, Tensor> lossOf)
    {
        using var scope = NewDisposeScope();
        _trainer.ZeroGradients();
        var inputs = TorchInputs.From(Spec, batch, trackGradients: true);
        var pass = _network.Run(inputs, keepStates: true);
        var loss = lossOf(pass);
        loss.backward();
        _network.MaskGradients();

        return new()
        {
            Loss = TorchArrays.ToDouble<T>(loss),
            Weights = Collect(part => part.Gradient),
            Inputs = inputs.Values is { } x ? Gradient(x, batch.Steps, batch.BatchSize, Spec.InputSize) : null,
            InitialState = new()
            {
                Hidden = Gradient(inputs.Hidden, Spec.Layers * Spec.Directions, batch.BatchSize, Spec.HiddenStateSize),
                Cell = inputs.Cell is { } cell ? Gradient(cell, Spec.Layers * Spec.Directions, batch.BatchSize, Spec.Cell.CellStateSize(Spec.HiddenSize)) : null,
            },
            Hidden = pass.States is { } states ? ReadStepGradients(states, batch) : null,
        };
    }

    // What nothing depends on has no gradient, which is to say zero.
    private static NdArray<T> Gradient(Tensor tensor, params int[] shape) => tensor.grad is { IsInvalid: false } gradient ? TorchArrays.ToNdArray<T>(gradient, shape) : new(shape);

    private NdArray<T> ReadStepGradients(IReadOnlyList<Tensor[]> states, SequenceBatch<T> batch)
    {
        var result = new NdArray<T>(states.Count, batch.Steps, batch.BatchSize, Spec.HiddenStateSize);
        for (var i = 0; i < states.Count; i++)
        {
            var steps = new NdArray<T>(batch.Steps, batch.BatchSize, Spec.HiddenStateSize);
            for (var t = 0; t < batch.Steps; t++)
            {
                // A state that nothing depends on has no gradient, which is to say zero.
                if (states[i][t].grad is { IsInvalid: false } gradient)
                {
                    TorchArrays.ToArray<T>(gradient).CopyTo(steps.Step(t));
                }
            }

            if (batch.Lengths is not null)
            {
                Padding.Clear(steps, batch.Lengths);
            }

            steps.Span.CopyTo(result.Step(i));
        }

        return result;
    }

    private RnnWeights<T> Collect(Func<ParameterPart, Tensor?> select) => Collect((part, _) => select(part));

    private RnnWeights<T> Collect(Func<ParameterPart, int, Tensor?> select)
    {
        using var scope = NewDisposeScope();
        var result = new RnnWeights<T>(Spec);
        for (var i = 0; i < result.Tensors.Count; i++)
        {
            if (select(_network.Parts[i], i) is { } values)
            {
                TorchArrays.ToArray<T>(values).CopyTo(result.Tensors[i].Values.Data, 0);
            }
        }

        return result;
    }

    private RnnState<T> ReadState(TorchPass pass, int batchSize)
    {
        var count = Spec.Layers * Spec.Directions;
        return new()
        {
            Hidden = TorchArrays.ToNdArray<T>(pass.Hidden, count, batchSize, Spec.HiddenStateSize),
            Cell = pass.Cell is { } cell ? TorchArrays.ToNdArray<T>(cell, count, batchSize, Spec.Cell.CellStateSize(Spec.HiddenSize)) : null,
        };
    }
}

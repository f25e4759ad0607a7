using System.Numerics;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Torch;
using RnnCompare.Torch.HandWriting;
using static TorchSharp.torch;

namespace RnnCompare.Testing.HandWriting;

/// <summary>A network whose gradients someone wrote by hand, as a module of TorchSharp: one differentiable operation of any graph.</summary>
/// <remarks>
/// The model is the one that <see cref="GradientAssert"/> takes. Its weights become parameters (<c>Whh.1r</c> as <c>Whh_1r</c>), which are
/// written back into <see cref="IHandWrittenModel{T}.Weights"/> before every pass, so that any optimizer of TorchSharp can train them.
/// What is asked for and the model does not compute (a gradient of its inputs, say) is an <see cref="InvalidOperationException"/> that
/// names the array; <see cref="HandWrittenFunction.Backward"/> throws it as it was.
/// </remarks>
/// <typeparam name="T">The precision: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class HandWrittenNetwork<T> : nn.Module<Tensor, Tensor, Tensor>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IHandWrittenModel<T> _model;
    private readonly EngineParameters<T> _tensors;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">The model. It reads its weights again in every pass.</param>
    public HandWrittenNetwork(IHandWrittenModel<T> model)
        : base(nameof(HandWrittenNetwork<>))
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _tensors = new(this, model.Weights, model.Weights.Tensors.Select(tensor => tensor.Name));
    }

    private RnnSpec Spec => _model.Weights.Spec;

    /// <summary>Computes the loss from zeros before the first step.</summary>
    /// <param name="input">Vectors (T, B, I) in the model's precision, or tokens (T, B), 64-bit.</param>
    /// <param name="targets">Classes (T, B), 64-bit, or values (T, B, O); without T where outputs are at the last step.</param>
    /// <returns>The loss, a scalar.</returns>
    public override Tensor forward(Tensor input, Tensor targets) => forward(input, targets, h0: null);

    /// <summary>Computes the loss.</summary>
    /// <param name="input">Vectors (T, B, I) in the model's precision, or tokens (T, B), 64-bit.</param>
    /// <param name="targets">Classes (T, B), 64-bit, or values (T, B, O); without T where outputs are at the last step.</param>
    /// <param name="h0">The first state (L·D, B, H); null for zeros.</param>
    /// <param name="c0">The first cell state, for cells that have one; null for zeros.</param>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    /// <returns>The loss, a scalar.</returns>
    public Tensor forward(Tensor input, Tensor targets, Tensor? h0, Tensor? c0 = null, IReadOnlyList<int>? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Apply(input, h0, c0, lengths, batch =>
        {
            var complete = batch with { Targets = targets.dtype == ScalarType.Int64 ? new(TensorBatch.Inputs<T>(targets).Tokens!) : new(TensorBatch.Values<T>("targets", targets)) };
            var loss = HandWrittenResults.Loss(Spec, complete, _model.Forward(complete));
            return (TorchArrays.ToTensor(loss), dLoss => HandWrittenResults.Scaled(_model.Gradients(complete), TorchArrays.ToArray<T>(dLoss)[0]));
        });
    }

    /// <summary>Computes the outputs of a network that is trained on a squared error: a layer with whatever loss behind it.</summary>
    /// <remarks>A squared error's gradient with respect to y is y − targets, so that targets can be found for any gradient that arrives.</remarks>
    /// <param name="input">Vectors (T, B, I) in the model's precision, or tokens (T, B), 64-bit.</param>
    /// <param name="h0">The first state (L·D, B, H); null for zeros.</param>
    /// <param name="c0">The first cell state, for cells that have one; null for zeros.</param>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    /// <returns>y (T, B, O), or (B, O) where outputs are at the last step.</returns>
    /// <exception cref="InvalidOperationException">The network is trained on another loss.</exception>
    public Tensor Outputs(Tensor input, Tensor? h0 = null, Tensor? c0 = null, IReadOnlyList<int>? lengths = null)
    {
        if (Spec.Loss != LossKind.SquaredError)
        {
            throw new InvalidOperationException($"The model's own gradients are those of a {Spec.Loss} loss, from which those of its outputs cannot be had; take the loss itself, or a model of a squared error.");
        }

        return Apply(input, h0, c0, lengths, batch =>
        {
            var y = HandWrittenResults.Named(_model.Forward(batch), "y", "The hand-written forward pass");
            return (TorchArrays.ToTensor(y), dy => _model.Gradients(batch with { Targets = new(HandWrittenResults.Targets(Spec, batch, y, TorchArrays.ToNdArray<T>(dy, [.. y.Shape]))) }));
        });
    }

    private Tensor Apply(
        Tensor input,
        Tensor? h0,
        Tensor? c0,
        IReadOnlyList<int>? lengths,
        Func<SequenceBatch<T>, (Tensor Output, Func<Tensor, IReadOnlyDictionary<string, NdArray<T>>> Backward)> pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        List<(string Gradient, Tensor Tensor)> inputs = [("dx", input)];
        if (h0 is not null)
        {
            inputs.Add(("dh0", h0));
        }

        if (c0 is not null)
        {
            inputs.Add(("dc0", c0));
        }

        inputs.AddRange(_tensors.Names.Zip(_tensors.Tensors, (name, tensor) => (TensorNames.Gradient(name), tensor)));
        return HandWrittenFunction.Apply([.. inputs.Select(entry => entry.Tensor)], _ => Run())[0];

        HandWrittenPass Run()
        {
            var weights = _tensors.Read();
            var batch = Batch(input, h0, c0, lengths);
            _model.Weights.CopyFrom(weights);
            var (output, backward) = pass(batch);
            return new([output], gradients =>
            {
                // Another pass may have been run meanwhile, with other weights.
                _model.Weights.CopyFrom(weights);
                var computed = backward(gradients[0]);
                return [.. inputs.Select(entry => entry.Tensor.requires_grad ? TorchArrays.ToTensor(HandWrittenResults.Named(computed, entry.Gradient, "The hand-written backward pass")) : null)];
            });
        }
    }

    private SequenceBatch<T> Batch(Tensor input, Tensor? h0, Tensor? c0, IReadOnlyList<int>? lengths)
    {
        var inputs = TensorBatch.Inputs<T>(input);
        var zeros = RnnState<T>.Zeros(Spec, inputs.BatchSize);
        var batch = new SequenceBatch<T>
        {
            Inputs = inputs,
            Lengths = lengths,
            InitialState = h0 is null && c0 is null ? null : new()
            {
                Hidden = h0 is null ? zeros.Hidden : TensorBatch.Values<T>("h0", h0),
                Cell = c0 is null ? zeros.Cell : TensorBatch.Values<T>("c0", c0),
            },
        };
        return batch.Prepare(Spec, needsTargets: false);
    }
}

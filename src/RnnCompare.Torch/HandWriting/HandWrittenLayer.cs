using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static TorchSharp.torch;

namespace RnnCompare.Torch.HandWriting;

/// <summary>The recurrent layers of the manual engine as a module of TorchSharp: its forward and backward, at its speed, inside any graph.</summary>
/// <remarks>The output layer of the weights is not used. Parameters have the canonical names, <c>Whh.1r</c> as <c>Whh_1r</c>.</remarks>
/// <typeparam name="T">The precision: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class HandWrittenLayer<T> : nn.Module<Tensor, Tensor>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ManualEngine<T> _engine;
    private readonly EngineParameters<T> _tensors;
    private object? _lastPass;

    /// <summary>Creates a layer with copies of the given weights.</summary>
    /// <param name="weights">The weights, and with them the network.</param>
    /// <param name="threads">How many threads compute; results do not depend on it.</param>
    public HandWrittenLayer(RnnWeights<T> weights, int threads = 1)
        : base(nameof(HandWrittenLayer<>))
    {
        ArgumentNullException.ThrowIfNull(weights);
        _engine = new(weights, threads: threads);
        _tensors = new(this, weights, weights.Tensors.Select(tensor => tensor.Name).Except([TensorNames.Why, TensorNames.By]));
    }

    /// <summary>The network.</summary>
    public RnnSpec Spec => _engine.Spec;

    /// <summary>A copy of the weights as they are now.</summary>
    public RnnWeights<T> ReadWeights() => _tensors.Read();

    /// <summary>Computes the top layer's states from zeros before the first step.</summary>
    /// <param name="input">Vectors (T, B, I) in the layer's precision, or tokens (T, B), 64-bit.</param>
    /// <returns>h (T, B, D·H).</returns>
    public override Tensor forward(Tensor input) => forward(input, h0: null);

    /// <summary>Computes the top layer's states.</summary>
    /// <param name="input">Vectors (T, B, I) in the layer's precision, or tokens (T, B), 64-bit.</param>
    /// <param name="h0">The first state (L·D, B, H); null for zeros.</param>
    /// <param name="c0">The first cell state, for cells that have one; null for zeros.</param>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    /// <returns>h (T, B, D·H), zero past a sequence's end.</returns>
    /// <exception cref="ArgumentException">A tensor does not fit the network; the message names it and the shape expected.</exception>
    public Tensor forward(Tensor input, Tensor? h0, Tensor? c0 = null, IReadOnlyList<int>? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        Tensor[] states = [.. ((Tensor?[])[h0, c0]).OfType<Tensor>()];
        return HandWrittenFunction.Apply([input, .. states, .. _tensors.Tensors], tensors => Run(tensors, h0 is not null, c0 is not null, lengths))[0];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _engine.Dispose();
        }

        base.Dispose(disposing);
    }

    private HandWrittenPass Run(IReadOnlyList<Tensor> tensors, bool hasHidden, bool hasCell, IReadOnlyList<int>? lengths)
    {
        var batch = Batch(tensors, hasHidden, hasCell, lengths);
        var (weights, pass) = (_tensors.Read(), new object());
        _engine.LoadWeights(weights);
        var hidden = _engine.Forward(batch).Hidden;
        _lastPass = pass;
        return new([TorchArrays.ToTensor(hidden)], Backward);

        IReadOnlyList<Tensor?> Backward(IReadOnlyList<Tensor> gradients)
        {
            var dHidden = TorchArrays.ToNdArray<T>(gradients[0], [.. hidden.Shape]);
            return Collect(Differentiate(batch, weights, dHidden, pass), hasHidden, hasCell);
        }
    }

    // What the engine computed last need not be computed again.
    private GradientResult<T> Differentiate(SequenceBatch<T> batch, RnnWeights<T> weights, NdArray<T> dHidden, object pass)
    {
        if (_lastPass == pass)
        {
            return _engine.Backward(dHidden);
        }

        _lastPass = null;
        _engine.LoadWeights(weights);
        return _engine.Gradients(batch, dHidden);
    }

    private List<Tensor?> Collect(GradientResult<T> result, bool hasHidden, bool hasCell)
    {
        List<Tensor?> gradients = [result.Inputs is { } dx ? TorchArrays.ToTensor(dx) : null];
        if (hasHidden)
        {
            gradients.Add(TorchArrays.ToTensor(result.InitialState.Hidden));
        }

        if (hasCell)
        {
            gradients.Add(TorchArrays.ToTensor(result.InitialState.Cell!));
        }

        return [.. gradients, .. _tensors.Names.Select(name => TorchArrays.ToTensor(result.Weights[name]))];
    }

    private SequenceBatch<T> Batch(IReadOnlyList<Tensor> tensors, bool hasHidden, bool hasCell, IReadOnlyList<int>? lengths)
    {
        var input = tensors[0];
        var batchSize = input.dim() > 1 ? (int)input.shape[1] : 1;
        var state = RnnState<T>.Zeros(Spec, batchSize);
        if (hasCell && !Spec.Cell.HasCellState)
        {
            throw new ArgumentException($"The {Spec.Cell} cell has no cell state, but c0 was given.", nameof(tensors));
        }

        return new()
        {
            Inputs = TensorBatch.Inputs<T>(input),
            Lengths = lengths,
            InitialState = new()
            {
                Hidden = hasHidden ? TensorBatch.Values<T>("h0", tensors[1]) : state.Hidden,
                Cell = hasCell ? TensorBatch.Values<T>("c0", tensors[hasHidden ? 2 : 1]) : state.Cell,
            },
        };
    }
}

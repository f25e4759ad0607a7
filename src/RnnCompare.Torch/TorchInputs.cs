using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>A batch as tensors.</summary>
internal sealed record TorchInputs
{
    /// <summary>Real inputs (T, B, I); null for tokens.</summary>
    public Tensor? Values { get; init; }

    /// <summary>Tokens (T·B); null for real inputs.</summary>
    public Tensor? Tokens { get; init; }

    /// <summary>h0 (L·D, B, H).</summary>
    public required Tensor Hidden { get; init; }

    /// <summary>c0 (L·D, B, H), for cells that have one.</summary>
    public Tensor? Cell { get; init; }

    /// <summary>The steps of each sequence; null where all have T.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>T.</summary>
    public required int Steps { get; init; }

    /// <summary>B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Copies a batch into tensors.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="batch">The batch, already prepared.</param>
    /// <param name="trackGradients">Whether inputs and initial states shall receive gradients.</param>
    public static TorchInputs From<T>(RnnSpec spec, SequenceBatch<T> batch, bool trackGradients)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var state = batch.InitialState ?? RnnState<T>.Zeros(spec, batch.BatchSize);
        return new()
        {
            Values = batch.Inputs.Values is { } values ? Leaf(values) : null,
            Tokens = batch.Inputs.Tokens is { } tokens ? TorchArrays.ToTensor(tokens).view(-1) : null,
            Hidden = Leaf(state.Hidden),
            Cell = state.Cell is { } cell ? Leaf(cell) : null,
            Lengths = batch.Lengths,
            Steps = batch.Steps,
            BatchSize = batch.BatchSize,
        };

        Tensor Leaf(NdArray<T> array) => TorchArrays.ToTensor(array).requires_grad_(trackGradients);
    }
}

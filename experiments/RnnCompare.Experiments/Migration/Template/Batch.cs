using TorchSharp;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>A batch of sequences, time-major.</summary>
/// <param name="Inputs">Vectors (T, B, Model.InputSize), or tokens (T, B).</param>
/// <param name="Targets">Classes or values, for every step (T, B, …) or for the last (B, …).</param>
public sealed record Batch(Tensor Inputs, Tensor Targets)
{
    /// <summary>h0 (Layers·Directions, B, HiddenSize); null for zeros.</summary>
    public Tensor? Hidden { get; init; }

    /// <summary>c0 (Layers·Directions, B, HiddenSize), for an LSTM; null for zeros.</summary>
    public Tensor? Cell { get; init; }

#if WEIGHTED
    /// <summary>What the loss of each output is multiplied by: (T, B), or (B) where only the last step has one.</summary>
    public required Tensor Weights { get; init; }

#endif
#if LENGTHS
    /// <summary>The steps of each sequence.</summary>
    public required long[] Lengths { get; init; }

    /// <summary>Which sequences have not ended at a step (B, 1).</summary>
    public Tensor IsActive(long step) => tensor(Lengths).unsqueeze(1) > step;

    /// <summary>The rows of (T, B, …) that count, when the two axes are one.</summary>
    public Tensor Counted()
    {
        var (steps, sequences) = (Inputs.shape[0], Inputs.shape[1]);
        return tensor(Enumerable.Range(0, (int)(steps * sequences)).Where(row => row / sequences < Lengths[row % sequences]).Select(row => (long)row).ToArray());
    }

    /// <summary>Each sequence's own last step: of (T, B, …), (B, …).</summary>
    public Tensor LastStep(Tensor values)
    {
        var sequences = Inputs.shape[1];
        return values.flatten(0, 1).index_select(0, tensor(Lengths.Select((length, b) => ((length - 1) * sequences) + b).ToArray()));
    }
#else
    /// <summary>The last step: of (T, B, …), (B, …).</summary>
    public Tensor LastStep(Tensor values) => values[Inputs.shape[0] - 1];
#endif
}

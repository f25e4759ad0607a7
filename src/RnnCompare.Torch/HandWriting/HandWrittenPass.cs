using static TorchSharp.torch;

namespace RnnCompare.Torch.HandWriting;

/// <summary>What a forward pass that was written by hand returns: its outputs, and the way back.</summary>
/// <param name="Outputs">The outputs.</param>
/// <param name="Backward">
/// From the gradients of the outputs to the gradients of the inputs, in the order and the shapes of each; null for an input that
/// has none. It is called at most once, on the thread that asked for the gradients.
/// </param>
public sealed record HandWrittenPass(IReadOnlyList<Tensor> Outputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor?>> Backward);

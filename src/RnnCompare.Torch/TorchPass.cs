using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>What a network computes from a batch, as tensors of the graph.</summary>
/// <param name="Features">The top layer's hidden states (T, B, D·H).</param>
/// <param name="Hidden">The final hidden states (L·D, B, H).</param>
/// <param name="Cell">The final cell states (L·D, B, H), for cells that have one.</param>
/// <param name="States">h_t of every layer and direction at every step, (B, H) each; null where the network keeps them to itself.</param>
internal sealed record TorchPass(Tensor Features, Tensor Hidden, Tensor? Cell, IReadOnlyList<Tensor[]>? States);

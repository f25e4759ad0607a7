using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Layers of gated recurrent units with the reset gate after the hidden product (Cho et al. 2014 in cuDNN's variant).</summary>
/// <remarks>
/// r, z = σ(x·Wxᵀ + bx + h·Whᵀ + bh),  n = tanh(x·Wxnᵀ + bxn + r ⊙ (h·Whnᵀ + bhn)),  h ← (1 − z) ⊙ n + z ⊙ h, where Wx, Wh, bx,
/// bh are the rows of a gate in weight_ih, weight_hh, bias_ih, bias_hh, which stack the gates in the order r, z, n.
/// </remarks>
public sealed class GRU : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal GRU(RecurrentOptions options) : base(nameof(GRU)) =>
        layers = new RecurrentLayers(this, options, Aten.gru, Aten.gru_packed, gates: 3, states: 1);

    /// <summary>Runs all layers over a padded batch.</summary>
    /// <param name="input">(T, B, I), or (B, T, I) where the layers are batch first.</param>
    /// <param name="h0">The initial states, (L·D, B, H) with D directions; null means zeros.</param>
    /// <returns>The last layer's states of every step, (T, B, D·H) or batch first, and the final states of all layers, (L·D, B, H).</returns>
    public override (Tensor, Tensor) forward(Tensor input, Tensor h0 = null!)
    {
        Tensor[] results = layers.Run(input, h0 is null ? null : [h0]);
        return (results[0], results[1]);
    }

    /// <inheritdoc cref="forward(Tensor, Tensor)"/>
    public new (Tensor, Tensor) call(Tensor input, Tensor h0 = null!) => forward(input, h0);

    /// <summary>Runs all layers over packed sequences.</summary>
    /// <param name="input">The sequences, left as they are.</param>
    /// <param name="h0">The initial states, (L·D, B, H), in the batch's order before packing; null means zeros.</param>
    /// <returns>The last layer's states, packed alike, and each sequence's final states, (L·D, B, H), in the order before packing.</returns>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor h0 = null!)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, h0 is null ? null : [h0]);
        return (output, final[0]);
    }
}

using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Layers of long short-term memory with a forget gate (Hochreiter &amp; Schmidhuber 1997; Gers, Schmidhuber &amp; Cummins 2000).</summary>
/// <remarks>
/// i, f, o = σ(x·Wxᵀ + bx + h·Whᵀ + bh),  g = tanh of the same,  c ← f ⊙ c + i ⊙ g,  h ← o ⊙ tanh(c), where Wx, Wh, bx, bh are
/// the rows of a gate in weight_ih, weight_hh, bias_ih, bias_hh, which stack the gates in the order i, f, g, o.
/// </remarks>
public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal LSTM(RecurrentOptions options) : base(nameof(LSTM)) =>
        layers = new RecurrentLayers(this, options, Aten.lstm, Aten.lstm_packed, gates: 4, states: 2);

    /// <summary>Runs all layers over a padded batch.</summary>
    /// <param name="input">(T, B, I), or (B, T, I) where the layers are batch first.</param>
    /// <param name="h0_c0">The initial states h and cells c, each (L·D, B, H) with D directions; null means zeros.</param>
    /// <returns>The last layer's h of every step, (T, B, D·H) or batch first, and the final h and c of all layers, each (L·D, B, H).</returns>
    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        Tensor[] results = layers.Run(input, States(h0_c0));
        return (results[0], results[1], results[2]);
    }

    /// <inheritdoc cref="forward(Tensor, ValueTuple{Tensor, Tensor}?)"/>
    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => forward(input, h0_c0);

    /// <summary>Runs all layers over packed sequences.</summary>
    /// <param name="input">The sequences, left as they are.</param>
    /// <param name="h0_c0">The initial h and c, each (L·D, B, H), in the batch's order before packing; null means zeros.</param>
    /// <returns>The last layer's h, packed alike, and each sequence's final h and c, each (L·D, B, H), in the order before packing.</returns>
    public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, States(h0_c0));
        return (output, final[0], final[1]);
    }

    private static Tensor[]? States((Tensor, Tensor)? initial) => initial is var (hidden, cell) ? [hidden, cell] : null;
}

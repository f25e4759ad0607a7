using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Plain recurrent layers, tanh or relu (Elman 1990).</summary>
/// <remarks>h ← f(x·weight_ihᵀ + bias_ih + h·weight_hhᵀ + bias_hh).</remarks>
public sealed class RNN : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal RNN(RecurrentOptions options, nn.NonLinearities nonLinearity) : base(nameof(RNN)) =>
        layers = nonLinearity == nn.NonLinearities.Tanh
            ? new RecurrentLayers(this, options, Aten.rnn_tanh, Aten.rnn_tanh_packed, gates: 1, states: 1)
            : new RecurrentLayers(this, options, Aten.rnn_relu, Aten.rnn_relu_packed, gates: 1, states: 1);

    /// <summary>A new reference to the weights on a layer's input, (H, I) in the first layer, (H, D·H) above.</summary>
    /// <param name="idx">Layer times D directions, plus 1 for the backward direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Parameter? get_weight_ih(long idx) => layers.Weight(idx, 0);

    /// <summary>A new reference to the weights on a layer's previous state, (H, H).</summary>
    /// <param name="idx">Layer times D directions, plus 1 for the backward direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Parameter? get_weight_hh(long idx) => layers.Weight(idx, 1);

    /// <summary>A new reference to the bias of a layer's input, (H), or null in layers without.</summary>
    /// <param name="idx">Layer times D directions, plus 1 for the backward direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Parameter? get_bias_ih(long idx) => layers.Weight(idx, 2);

    /// <summary>A new reference to the bias of a layer's previous state, (H), or null in layers without.</summary>
    /// <param name="idx">Layer times D directions, plus 1 for the backward direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Parameter? get_bias_hh(long idx) => layers.Weight(idx, 3);

    /// <summary>Runs all layers over a padded batch.</summary>
    /// <param name="input">(T, B, I), or (B, T, I) where the layers are batch first.</param>
    /// <param name="h0">The initial states, (L·D, B, H) with D directions; null means zeros.</param>
    /// <returns>The last layer's states of every step, (T, B, D·H) or batch first, and the final states of all layers, (L·D, B, H).</returns>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
    {
        Tensor[] results = layers.Run(input, h0 is null ? null : [h0]);
        return (results[0], results[1]);
    }

    /// <inheritdoc cref="forward(Tensor, Tensor)"/>
    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => forward(input, h0);

    /// <summary>Runs all layers over packed sequences.</summary>
    /// <param name="input">The sequences, left as they are.</param>
    /// <param name="h0">The initial states, (L·D, B, H), in the batch's order before packing; null means zeros.</param>
    /// <returns>The last layer's states, packed alike, and each sequence's final states, (L·D, B, H), in the order before packing.</returns>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, h0 is null ? null : [h0]);
        return (output, final[0]);
    }
}

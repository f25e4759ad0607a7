using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Plain recurrent layers, tanh or relu.</summary>
public sealed class RNN : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal RNN(RecurrentOptions options, nn.NonLinearities nonLinearity) : base(nameof(RNN)) =>
        layers = nonLinearity == nn.NonLinearities.Tanh
            ? new RecurrentLayers(this, options, Aten.rnn_tanh, Aten.rnn_tanh_packed, gates: 1, states: 1)
            : new RecurrentLayers(this, options, Aten.rnn_relu, Aten.rnn_relu_packed, gates: 1, states: 1);

    public Parameter? get_weight_ih(long idx) => layers.Weight(idx, 0);
    public Parameter? get_weight_hh(long idx) => layers.Weight(idx, 1);
    public Parameter? get_bias_ih(long idx) => layers.Weight(idx, 2);
    public Parameter? get_bias_hh(long idx) => layers.Weight(idx, 3);

    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
    {
        Tensor[] results = layers.Run(input, h0 is null ? null : [h0]);
        return (results[0], results[1]);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => forward(input, h0);

    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, h0 is null ? null : [h0]);
        return (output, final[0]);
    }
}

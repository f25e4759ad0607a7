using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Gated recurrent units; gates r, z, n, the reset gate after the hidden product.</summary>
public sealed class GRU : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal GRU(RecurrentOptions options) : base(nameof(GRU)) =>
        layers = new RecurrentLayers(this, options, Aten.gru, Aten.gru_packed, gates: 3, states: 1);

    public override (Tensor, Tensor) forward(Tensor input, Tensor h0 = null!)
    {
        Tensor[] results = layers.Run(input, h0 is null ? null : [h0]);
        return (results[0], results[1]);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor h0 = null!) => forward(input, h0);

    public (PackedSequence, Tensor) call(PackedSequence input, Tensor h0 = null!)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, h0 is null ? null : [h0]);
        return (output, final[0]);
    }
}

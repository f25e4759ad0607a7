using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>Long short-term memory; gates i, f, g, o.</summary>
public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private readonly RecurrentLayers layers;

    internal LSTM(RecurrentOptions options) : base(nameof(LSTM)) =>
        layers = new RecurrentLayers(this, options, Aten.lstm, Aten.lstm_packed, gates: 4, states: 2);

    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        Tensor[] results = layers.Run(input, States(h0_c0));
        return (results[0], results[1], results[2]);
    }

    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => forward(input, h0_c0);

    public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
    {
        (PackedSequence output, Tensor[] final) = layers.Run(input, States(h0_c0));
        return (output, final[0], final[1]);
    }

    private static Tensor[]? States((Tensor, Tensor)? initial) => initial is var (hidden, cell) ? [hidden, cell] : null;
}

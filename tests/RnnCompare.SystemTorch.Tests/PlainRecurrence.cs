using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

/// <summary>The equations of RNN, LSTM and GRU as a loop over plain operators, on a module's own weights.</summary>
internal sealed class PlainRecurrence(string kind, nn.Module module, int layers, int directions)
{
    private readonly Dictionary<string, Tensor> weights =
        module.named_parameters().ToDictionary(own => own.name, own => (Tensor)own.parameter);

    /// <summary>Input (T, B, I) to output (T, B, D·H) and the final hidden states (L·D, B, H), from zero states.</summary>
    public (Tensor Output, Tensor Final) Run(Tensor input)
    {
        var final = new List<Tensor>();
        for (int layer = 0; layer < layers; layer++)
        {
            var outputs = new List<Tensor>();
            for (int direction = 0; direction < directions; direction++)
            {
                IEnumerable<Tensor> steps = direction == 0 ? input.unbind() : input.unbind().Reverse();
                Tensor[] hidden = Steps(steps, $"_l{layer}{(direction == 0 ? "" : "_reverse")}");
                final.Add(hidden[^1]);
                outputs.Add(stack(direction == 0 ? hidden : hidden.Reverse()));
            }

            input = cat(outputs, 2);
        }

        return (input, stack(final));
    }

    private Tensor[] Steps(IEnumerable<Tensor> inputs, string suffix)
    {
        (Tensor wx, Tensor wh) = (weights["weight_ih" + suffix], weights["weight_hh" + suffix]);
        (Tensor bx, Tensor bh) = (weights["bias_ih" + suffix], weights["bias_hh" + suffix]);
        Tensor? h = null, c = null;
        var hidden = new List<Tensor>();
        foreach (Tensor x in inputs)
        {
            h ??= x.new_zeros(x.shape[0], wh.shape[1]);
            c ??= h;
            Tensor fromInput = x.mm(wx.t()) + bx, fromHidden = h.mm(wh.t()) + bh;
            switch (kind)
            {
                case "tanh":
                    h = (fromInput + fromHidden).tanh();
                    break;
                case "relu":
                    h = (fromInput + fromHidden).relu();
                    break;
                case "lstm":
                    Tensor[] gates = (fromInput + fromHidden).chunk(4, 1);
                    c = (gates[1].sigmoid() * c) + (gates[0].sigmoid() * gates[2].tanh());
                    h = gates[3].sigmoid() * c.tanh();
                    break;
                default:
                    Tensor[] ofInput = fromInput.chunk(3, 1), ofHidden = fromHidden.chunk(3, 1);
                    Tensor reset = (ofInput[0] + ofHidden[0]).sigmoid(), update = (ofInput[1] + ofHidden[1]).sigmoid();
                    Tensor candidate = (ofInput[2] + (reset * ofHidden[2])).tanh();
                    h = ((1 - update) * candidate) + (update * h);
                    break;
            }

            hidden.Add(h);
        }

        return [.. hidden];
    }
}

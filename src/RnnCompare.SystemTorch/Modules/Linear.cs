using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary><c>input·weightᵀ + bias</c>, with weight (out, in) and bias (out). A replaced parameter is disposed of.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear)) => (this.weight, this.bias) = (weight, bias);

    public Parameter weight
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            SetParameter(nameof(weight), value);
            field = value;
        }
    }

    public Parameter? bias
    {
        get;
        set
        {
            SetParameter(nameof(bias), value);
            field = value;
        }
    }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}

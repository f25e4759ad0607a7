using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary><c>input·weightᵀ + bias</c>, with weight (out, in) and bias (out). A replaced parameter is disposed of.</summary>
/// <remarks>Parameters that are set leave their dispose scope: the module disposes of them.</remarks>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear)) => (this.weight, this.bias) = (weight, bias);

    /// <summary>The weights, (out, in).</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
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

    /// <summary>The bias, (out); setting it to null takes it away.</summary>
    public Parameter? bias
    {
        get;
        set
        {
            SetParameter(nameof(bias), value);
            field = value;
        }
    }

    /// <summary>The outputs (…, out) of inputs (…, in).</summary>
    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}

using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary><c>input·weightᵀ + bias</c>, with weight (out, in) and bias (out).</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        this.weight = (Parameter)weight.DetachFromDisposeScope();
        this.bias = (Parameter?)bias?.DetachFromDisposeScope();
        register_parameter(nameof(weight), this.weight);
        if (this.bias is not null) register_parameter(nameof(bias), this.bias);
    }

    public Parameter weight { get; }

    public Parameter? bias { get; }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}

using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. It takes over the tensor that it is made from, which is invalid afterwards.</summary>
public class Parameter : Tensor
{
    /// <summary>Takes over the native tensor of <paramref name="data"/>, with its place in its dispose scope.</summary>
    /// <param name="data">A leaf; invalid afterwards, and need not be disposed of.</param>
    /// <param name="requires_grad">Whether autograd records what is computed from it.</param>
    public Parameter(Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad))
    {
    }

    internal Parameter(TensorHandle native) : base(native)
    {
    }
}

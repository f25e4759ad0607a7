using RnnCompare.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>A network of TorchSharp: parameters, and a forward pass that autograd follows.</summary>
internal abstract class TorchNetwork(string name) : nn.Module(name)
{
    /// <summary>Where each tensor of <see cref="RnnWeights{T}.Tensors"/> lies, in the same order.</summary>
    public abstract IReadOnlyList<ParameterPart> Parts { get; }

    /// <summary>The output layer's weights (O, D·H).</summary>
    public abstract Parameter Why { get; }

    /// <summary>The output layer's bias (O).</summary>
    public abstract Parameter by { get; }

    /// <summary>Computes the recurrent layers.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="keepStates">Whether the states of all steps shall receive gradients, where the network can see them.</param>
    public abstract TorchPass Run(TorchInputs inputs, bool keepStates);

    /// <summary>The parameters that are trained.</summary>
    public IReadOnlyList<Parameter> Trained => [.. Parts.Select(part => part.Parameter)];

    /// <summary>Makes what the network owns outlive a dispose scope that it was created in.</summary>
    public virtual void LeaveScope()
    {
        foreach (var (_, parameter) in named_parameters())
        {
            parameter.DetachFromDisposeScope();
        }
    }

    /// <summary>Zeroes the gradients of what stands in a trained parameter but is not a weight of the network; before clipping.</summary>
    public virtual void MaskGradients()
    {
    }
}

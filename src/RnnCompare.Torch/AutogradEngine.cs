using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Torch;

/// <summary>The engine that states the equations in TorchSharp, step by step, and leaves the differentiation to autograd.</summary>
/// <typeparam name="T">The precision: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AutogradEngine<T> : TorchEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    public AutogradEngine(RnnWeights<T> weights, TrainingOptions? training = null)
        : base("autograd", weights, CreateNetwork(weights), training)
    {
    }

    private static LoopNetwork CreateNetwork(RnnWeights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(weights.Spec, weights.Tensors.Select(tensor => (tensor.Name, TorchArrays.ToTensor(tensor.Values))));
    }
}

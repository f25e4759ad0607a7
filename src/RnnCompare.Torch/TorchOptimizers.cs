using RnnCompare.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>TorchSharp's optimizers from the specs that every engine understands.</summary>
internal static class TorchOptimizers
{
    /// <summary>Creates an optimizer over some parameters.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static optim.Optimizer Create(OptimizerSpec spec, IEnumerable<Parameter> parameters)
    {
        return spec switch
        {
            SgdSpec sgd => optim.SGD(
                parameters, sgd.LearningRate, momentum: sgd.Momentum, dampening: sgd.Dampening, weight_decay: sgd.WeightDecay, nesterov: sgd.Nesterov),
            _ => throw new ArgumentException($"{spec.GetType().Name} is no optimizer of the TorchSharp engines.", nameof(spec)),
        };
    }
}

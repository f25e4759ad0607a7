using RnnCompare.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>TorchSharp's optimizers from the specs that every engine understands; a row for each of <see cref="OptimizerTable"/>.</summary>
internal static class TorchOptimizers
{
    /// <summary>Creates an optimizer over some parameters.</summary>
    /// <exception cref="NotSupportedException">It has no row here.</exception>
    public static OptimizerHelper Create(OptimizerSpec spec, IEnumerable<Parameter> parameters)
    {
        return spec switch
        {
            SgdSpec sgd => optim.SGD(
                parameters, sgd.LearningRate, momentum: sgd.Momentum, dampening: sgd.Dampening, weight_decay: sgd.WeightDecay, nesterov: sgd.Nesterov),
            AdagradSpec adagrad => optim.Adagrad(
                parameters,
                lr: adagrad.LearningRate,
                lr_decay: adagrad.LearningRateDecay,
                weight_decay: adagrad.WeightDecay,
                initial_accumulator_value: adagrad.InitialAccumulator,
                eps: adagrad.Epsilon),
            RmsPropSpec rmsProp => optim.RMSProp(
                parameters,
                lr: rmsProp.LearningRate,
                alpha: rmsProp.Alpha,
                eps: rmsProp.Epsilon,
                weight_decay: rmsProp.WeightDecay,
                momentum: rmsProp.Momentum,
                centered: rmsProp.Centered),
            AdamSpec adam => optim.Adam(
                parameters,
                lr: adam.LearningRate,
                beta1: adam.Beta1,
                beta2: adam.Beta2,
                eps: adam.Epsilon,
                weight_decay: adam.WeightDecay,
                amsgrad: adam.AmsGrad),
            AdamWSpec adamW => optim.AdamW(
                parameters,
                lr: adamW.LearningRate,
                beta1: adamW.Beta1,
                beta2: adamW.Beta2,
                eps: adamW.Epsilon,
                weight_decay: adamW.WeightDecay,
                amsgrad: adamW.AmsGrad),
            _ => throw new NotSupportedException($"The optimizer {spec.Name} has no counterpart in TorchSharp; use the engine manual, or add a row to TorchOptimizers.cs."),
        };
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>What a TorchSharp optimizer keeps for one parameter, by the names of torch.optim, whatever class it keeps it in.</summary>
internal static class TorchOptimizerMemory
{
    /// <summary>The tensors that are there: those of momentum only come into being with the first step.</summary>
    public static IEnumerable<(string Name, Tensor Values)> Tensors(OptimizerState state)
    {
        (string Name, Tensor? Values)[] all = state switch
        {
            SGD.State sgd => [("momentum_buffer", sgd.momentum_buffer)],
            Adagrad.State adagrad => [("sum", adagrad.sum)],
            RMSProp.State rmsProp => [("square_avg", rmsProp.square_avg), ("grad_avg", rmsProp.grad_avg), ("momentum_buffer", rmsProp.momentum_buffer)],
            Adam.State adam => [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq), ("max_exp_avg_sq", adam.max_exp_avg_sq)],
            AdamW.State adamW => [("exp_avg", adamW.exp_avg), ("exp_avg_sq", adamW.exp_avg_sq), ("max_exp_avg_sq", adamW.max_exp_avg_sq)],
            _ => throw new ArgumentException($"{state.GetType()} is no optimizer's state that is known here.", nameof(state)),
        };
        return all.Where(part => part.Values is not null).Select(part => (part.Name, part.Values!));
    }

    /// <summary>Sets how many steps were made, and makes the tensors that the first of them would have made.</summary>
    /// <param name="state">The state of a parameter.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="hasMomentum">Whether the optimizer has momentum.</param>
    public static void Prepare(OptimizerState state, Tensor parameter, int steps, bool hasMomentum)
    {
        switch (state)
        {
            case SGD.State sgd:
                sgd.momentum_buffer?.Dispose();
                sgd.momentum_buffer = hasMomentum && steps > 0 ? zeros_like(parameter).DetachFromDisposeScope() : null;
                break;
            case Adagrad.State adagrad:
                adagrad.step = steps;
                break;
            case RMSProp.State rmsProp:
                rmsProp.step = steps;
                break;
            case Adam.State adam:
                adam.step = steps;
                break;
            case AdamW.State adamW:
                adamW.step = steps;
                break;
        }
    }
}

using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The step that Adam and AdamW share.</summary>
internal static class Moments
{
    public static void Step(
        Parameter parameter, Tensor gradient, ParameterState state, double rate, double beta1, double beta2, double eps, bool amsgrad)
    {
        Tensor mean = state.Slot("exp_avg").mul_(beta1).add_(gradient, 1 - beta1);
        Tensor square = state.Slot("exp_avg_sq").mul_(beta2);
        Aten.addcmul_.CallInPlace(square, gradient, gradient, 1 - beta2);
        if (amsgrad)
        {
            Tensor largest = state.Slot("max_exp_avg_sq");
            square = largest.copy_(Aten.maximum.Call(largest, square));
        }

        double correction1 = 1 - Math.Pow(beta1, state.Step);
        double correction2 = 1 - Math.Pow(beta2, state.Step);
        Tensor root = (square.sqrt() / Math.Sqrt(correction2)).add_(eps);
        Aten.addcdiv_.CallInPlace(parameter, mean, root, -(rate / correction1));
    }
}

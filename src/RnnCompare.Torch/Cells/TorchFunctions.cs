using RnnCompare.Equations.Expressions;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Cells;

/// <summary>The functions of equations in TorchSharp; a new one of <see cref="Function.All"/> is one more row.</summary>
internal static class TorchFunctions
{
    private static readonly Dictionary<Function, Func<Tensor, Tensor>> Rows = new()
    {
        [Function.Sigmoid] = x => x.sigmoid(),
        [Function.Tanh] = x => x.tanh(),
        [Function.Relu] = x => x.relu(),
        [Function.LeakyRelu] = x => x.leaky_relu(0.01),
        [Function.Step] = x => x.gt(0).to_type(x.dtype),

        // The backward pass of torch's own hardsigmoid multiplies by the float32 next to 1/6, in float64 too.
        [Function.HardSigmoid] = x => ((x / 6) + 0.5).clamp(0, 1),

        // TorchSharp's own hardtanh gives its argument back.
        [Function.HardTanh] = x => x.clamp(-1, 1),

        // torch's softplus is a straight line above 20.
        [Function.Softplus] = x => x.logaddexp(zeros_like(x)),
        [Function.Exp] = x => x.exp(),
        [Function.Log] = x => x.log(),
        [Function.Sqrt] = x => x.sqrt(),
        [Function.Abs] = x => x.abs(),
    };

    /// <summary>A function of a tensor.</summary>
    /// <exception cref="NotSupportedException">It has no row.</exception>
    public static Tensor Apply(Function function, Tensor x)
    {
        return Rows.TryGetValue(function, out var apply) ? apply(x) : throw new NotSupportedException($"The function {function} has no row in {nameof(TorchFunctions)}; there are {string.Join(", ", Rows.Keys)}.");
    }
}

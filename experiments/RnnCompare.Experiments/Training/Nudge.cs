using System.Numerics;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The smallest change that weights can have.</summary>
internal static class Nudge
{
    /// <summary>A copy in which every weight is the next number up or down.</summary>
    public static RnnWeights<T> OneUnit<T>(RnnWeights<T> weights, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = DrawSource.For(seed, DrawSource.Purpose.Weights, index: 1);
        var copy = weights.Clone();
        foreach (var tensor in copy.Tensors)
        {
            var up = random.Integers(0, 2, tensor.Values.Length).Data;
            for (var i = 0; i < up.Length; i++)
            {
                ref var value = ref tensor.Values.Data[i];
                value = up[i] == 1 ? T.BitIncrement(value) : T.BitDecrement(value);
            }
        }

        return copy;
    }
}

using System.Numerics;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The same network to within rounding: every weight the next number up or down, the hidden units in another order.</summary>
internal static class Perturbation
{
    /// <summary>A copy in which every weight is the next number up or down; zeros stay, since no rounding moves them.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="copy">The number of the copy, from 1; each draws its own directions.</param>
    public static RnnWeights<T> OneUnit<T>(RnnWeights<T> weights, int seed, int copy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = DrawSource.For(seed, DrawSource.Purpose.Weights, copy);
        var moved = weights.Clone();
        foreach (var tensor in moved.Tensors)
        {
            var up = random.Integers(0, 2, tensor.Values.Length).Data;
            for (var i = 0; i < up.Length; i++)
            {
                ref var value = ref tensor.Values.Data[i];
                value = value == T.Zero ? value : up[i] == 1 ? T.BitIncrement(value) : T.BitDecrement(value);
            }
        }

        return moved;
    }

    /// <summary>The same network with the hidden units of every layer in reverse order, so that sums over units run the other way; twice gives the weights again.</summary>
    public static RnnWeights<T> Reversed<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (spec, H) = (weights.Spec, weights.Spec.HiddenSize);
        var result = new RnnWeights<T>(spec);
        for (var i = 0; i < weights.Tensors.Count; i++)
        {
            var (name, source) = weights.Tensors[i];
            var destination = result.Tensors[i].Values;
            var columns = source.Shape.Length > 1 ? source.Shape[1] : 1;
            var isOutput = name is TensorNames.Why or TensorNames.By;
            var isInput = name == TensorNames.Wxh || name == TensorNames.Wxh + TensorNames.Suffix(0, reverse: true);
            for (var k = 0; k < source.Length; k++)
            {
                var (row, column) = int.DivRem(k, columns);
                row = isOutput ? row : Mirrored(row);
                column = isInput || source.Shape.Length == 1 ? column : Mirrored(column);
                destination.Data[(row * columns) + column] = source.Data[k];
            }
        }

        return result;

        // The place of a unit in its block of H: a gate's rows, or a direction's columns.
        int Mirrored(int index) => index - (index % H) + (H - 1 - (index % H));
    }
}

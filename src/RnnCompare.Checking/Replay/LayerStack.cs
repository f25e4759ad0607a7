using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>What passes between the layers of a backward pass.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal static class LayerStack<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What reaches the top layer's states from the outputs: dh = dy·Why (T, B, D·H).</summary>
    public static NdArray<T> FeatureAdjoint(ForwardPass<T> forward, NdArray<T> dy, Arithmetic<T> arithmetic)
    {
        var dFeatures = new NdArray<T>([.. forward.Features.Shape]);
        if (forward.Spec.Outputs == OutputMode.EveryStep)
        {
            arithmetic.AddProduct(dy.View(), forward.Weights.Why.View(), dFeatures.View());
            return dFeatures;
        }

        var last = new NdArray<T>(dy.Rows, dFeatures.Columns);
        arithmetic.AddProduct(dy.View(), forward.Weights.Why.View(), last.View());
        for (var b = 0; b < last.Rows; b++)
        {
            last.Row(b).CopyTo(dFeatures.Row(((forward.Lengths[b] - 1) * last.Rows) + b));
        }

        return dFeatures;
    }

    /// <summary>One direction's part of an adjoint of both (T, B, H).</summary>
    public static NdArray<T> Half(ForwardPass<T> forward, NdArray<T> dFeatures, int direction)
    {
        if (!forward.Spec.Bidirectional)
        {
            return dFeatures;
        }

        var size = forward.Spec.HiddenSize;
        var half = new NdArray<T>(dFeatures.Shape[0], dFeatures.Shape[1], size);
        dFeatures.View().ColumnRange(direction * size, size).CopyTo(half.View());
        return half;
    }

    /// <summary>The adjoint of a layer's input, dx = Σ dz·Wxh over its directions.</summary>
    public static NdArray<T> InputAdjoint(ForwardPass<T> forward, LayerAdjoints<T>[] adjoints, int layer, Arithmetic<T> arithmetic)
    {
        var (steps, batch) = (forward.Features.Shape[0], forward.Features.Shape[1]);
        var dx = new NdArray<T>(steps, batch, forward.Spec.LayerInputSize(layer));
        for (var direction = 0; direction < forward.Spec.Directions; direction++)
        {
            var index = (layer * forward.Spec.Directions) + direction;
            arithmetic.AddProduct(adjoints[index].dz.View(), forward.WeightsOf(index).Wxh.View(), dx.View());
        }

        return dx;
    }
}

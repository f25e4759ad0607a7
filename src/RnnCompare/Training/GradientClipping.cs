using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Training;

/// <summary>Clips gradients in place.</summary>
public static class GradientClipping
{
    /// <summary>Applies a clipping to all gradients of a network.</summary>
    public static void Apply<T>(Clipping clipping, RnnWeights<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradients);
        switch (clipping)
        {
            case Clipping.ByValue(var limit):
                ByValue(gradients, T.CreateChecked(limit));
                break;
            case Clipping.ByNorm(var limit):
                ByNorm(gradients, limit);
                break;
        }
    }

    private static void ByValue<T>(RnnWeights<T> gradients, T limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var tensor in gradients.Tensors)
        {
            foreach (ref var value in tensor.Values.Span)
            {
                // Min and Max let a NaN through, as torch.clamp does.
                value = T.Max(-limit, T.Min(limit, value));
            }
        }
    }

    private static void ByNorm<T>(RnnWeights<T> gradients, double limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var squares = 0.0;
        foreach (var tensor in gradients.Tensors)
        {
            foreach (var value in tensor.Values.Data)
            {
                squares += double.CreateChecked(value) * double.CreateChecked(value);
            }
        }

        var scale = T.CreateChecked(Math.Min(1, limit / (Math.Sqrt(squares) + 1e-6)));
        foreach (var tensor in gradients.Tensors)
        {
            foreach (ref var value in tensor.Values.Span)
            {
                value *= scale;
            }
        }
    }
}

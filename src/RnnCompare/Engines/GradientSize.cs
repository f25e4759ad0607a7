using System.Diagnostics;
using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Engines;

/// <summary>The size of a step's gradients before clipping.</summary>
/// <param name="Norm">Their global 2-norm.</param>
/// <param name="ClippedShare">The share of elements that clipping changes, in 0..1.</param>
/// <param name="Took">How long this was measured, which is not part of training.</param>
public readonly record struct GradientSize(double Norm, double ClippedShare, TimeSpan Took)
{
    /// <summary>Measures gradients that are not clipped yet.</summary>
    /// <param name="clipping">What will happen to them.</param>
    /// <param name="read">Gives the gradients.</param>
    public static GradientSize Measure<T>(Clipping clipping, Func<RnnWeights<T>> read)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(read);
        var start = Stopwatch.GetTimestamp();
        var (squares, beyond, count) = (0.0, 0L, 0L);
        var limit = clipping is Clipping.ByValue(var most) ? most : double.PositiveInfinity;
        foreach (var (_, values) in read().Tensors)
        {
            foreach (var value in values.Span)
            {
                var g = double.CreateChecked(value);
                squares += g * g;
                beyond += Math.Abs(g) > limit ? 1 : 0;
            }

            count += values.Length;
        }

        var norm = Math.Sqrt(squares);
        var share = clipping is Clipping.ByNorm(var longest) && norm + 1e-6 > longest ? 1 : (double)beyond / count;
        return new(norm, share, Stopwatch.GetElapsedTime(start));
    }
}

using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>Softmax cross-entropy of one output: −log softmax(y)[target] = log Σ exp(y − max) − (y[target] − max).</summary>
internal static class CrossEntropy
{
    /// <summary>The loss, and its gradient scale·(softmax(y) − onehot(target)).</summary>
    /// <param name="y">Logits (O); finite ones of any size.</param>
    /// <param name="target">The class, in [0, O).</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="dy">The gradient (O), overwritten.</param>
    public static double Compute<T>(ReadOnlySpan<T> y, int target, T scale, Span<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var max = Vectors.Max(y);
        Vectors.ExponentialsBelow(y, max, dy);
        var sum = Vectors.Sum<T>(dy);
        Vectors.Multiply(dy, scale / sum);
        dy[target] -= scale;
        return double.CreateChecked(T.Log(sum) - (y[target] - max));
    }
}

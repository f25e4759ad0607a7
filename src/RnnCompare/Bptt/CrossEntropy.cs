using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;

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
        var exponentials = new Exponentials<T>(y, max, dy);
        LaneLoop.Run<T, Exponentials<T>>(ref exponentials, y.Length);
        var sum = Vectors.Sum<T>(dy);
        Vectors.Multiply(dy, scale / sum);
        dy[target] -= scale;
        return double.CreateChecked(T.Log(sum) - (y[target] - max));
    }

    private readonly ref struct Exponentials<T>(ReadOnlySpan<T> y, T max, Span<T> destination) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T _max = max;
        private readonly ref readonly T _y = ref MemoryMarshal.GetReference(y);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            LaneMath.ExpOfNegative<TLane, T>(TLane.Load(in _y, i) - TLane.Create(_max)).Store(ref _destination, i);
        }
    }
}

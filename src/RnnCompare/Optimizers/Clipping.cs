using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Optimizers;

/// <summary>What happens to gradients before an update, with the semantics of torch.nn.utils.</summary>
public abstract record Clipping
{
    /// <summary>Gradients stay as they are.</summary>
    public static Clipping None { get; } = new Unclipped();

    /// <summary>Every element is clamped to ±<paramref name="Limit"/>.</summary>
    /// <param name="Limit">The largest magnitude that stays; not negative.</param>
    public sealed record ByValue(double Limit) : Clipping
    {
        /// <summary>The largest magnitude that stays.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
        public double Limit { get; } = ArgumentChecks.NotNegative(Limit, nameof(Limit));
    }

    /// <summary>All gradients together are scaled by Limit / (norm + 1e-6) where that is below 1; norm is their global 2-norm.</summary>
    /// <param name="Limit">The largest norm that stays; not negative.</param>
    public sealed record ByNorm(double Limit) : Clipping
    {
        /// <summary>The largest norm that stays.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
        public double Limit { get; } = ArgumentChecks.NotNegative(Limit, nameof(Limit));
    }

    private sealed record Unclipped : Clipping;
}

/// <summary>Clips gradients in place, as torch.nn.utils.clip_grad_value_ and clip_grad_norm_.</summary>
/// <remarks>
/// Pascanu, Mikolov &amp; Bengio 2013. Everything is computed in the precision of the gradients, as torch does: squares that
/// overflow it make the norm infinite and the gradients zero, an infinite element becomes NaN, and one NaN makes every element NaN.
/// Clamping leaves NaN as it is.
/// </remarks>
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
                ByValue(gradients, T.CreateTruncating(limit));
                break;
            case Clipping.ByNorm(var limit):
                ByNorm(gradients, T.CreateTruncating(limit));
                break;
        }
    }

    private static void ByValue<T>(RnnWeights<T> gradients, T limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < gradients.Tensors.Count; i++)
        {
            var values = gradients.Tensors[i].Values.Span;
            var clamp = new Clamp<T>(values, limit);
            LaneLoop.Run<T, Clamp<T>>(ref clamp, values.Length);
        }
    }

    private static void ByNorm<T>(RnnWeights<T> gradients, T limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // As torch: the norm of the tensors' norms.
        var squares = T.Zero;
        for (var i = 0; i < gradients.Tensors.Count; i++)
        {
            var norm = Vectors.Norm<T>(gradients.Tensors[i].Values.Span);
            squares += norm * norm;
        }

        // Min lets a NaN through.
        var scale = T.Min(T.One, limit / (T.Sqrt(squares) + T.CreateTruncating(1e-6)));
        if (scale == T.One)
        {
            return;
        }

        for (var i = 0; i < gradients.Tensors.Count; i++)
        {
            Vectors.Multiply(gradients.Tensors[i].Values.Span, scale);
        }
    }

    private readonly ref struct Clamp<T>(Span<T> values, T limit) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var (value, upper) = (TLane.Load(ref _values, i), TLane.Create(limit));
            value = TLane.SelectGreater(value, upper, upper, value);
            TLane.SelectGreater(-upper, value, -upper, value).Store(ref _values, i);
        }
    }
}

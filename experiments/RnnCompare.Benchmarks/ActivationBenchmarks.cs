using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Benchmarks;

/// <summary>The activations of the cells; times are for one element.</summary>
/// <typeparam name="T">The element type.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class ActivationBenchmarks<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Length = 4096;

    private readonly T[] _x = [.. Enumerable.Range(0, Length).Select(i => T.CreateTruncating(8.0 * ((i / (double)Length) - 0.5)))];
    private readonly T[] _y = new T[Length];

    /// <summary>tanh over lanes.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public void Tanh()
    {
        var kernel = new TanhKernel(ref _x[0], ref _y[0]);
        LaneLoop.Run<T, TanhKernel>(ref kernel, Length);
    }

    /// <summary>The logistic function over lanes.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public void Sigmoid()
    {
        var kernel = new SigmoidKernel(ref _x[0], ref _y[0]);
        LaneLoop.Run<T, SigmoidKernel>(ref kernel, Length);
    }

    /// <summary>tanh of the runtime, element by element.</summary>
    [Benchmark(OperationsPerInvoke = Length, Baseline = true)]
    public void RuntimeTanh()
    {
        for (var i = 0; i < Length; i++)
        {
            _y[i] = T.Tanh(_x[i]);
        }
    }

    private readonly ref struct TanhKernel(ref T x, ref T y) : ILaneKernel<T>
    {
        private readonly ref T _x = ref x;
        private readonly ref T _y = ref y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T> => TLane.Tanh(TLane.Load(ref _x, offset)).Store(ref _y, offset);
    }

    private readonly ref struct SigmoidKernel(ref T x, ref T y) : ILaneKernel<T>
    {
        private readonly ref T _x = ref x;
        private readonly ref T _y = ref y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T> => TLane.Sigmoid(TLane.Load(ref _x, offset)).Store(ref _y, offset);
    }
}

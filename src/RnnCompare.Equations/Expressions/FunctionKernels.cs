using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Equations.Expressions;

/// <summary>How a function is computed.</summary>
internal interface IFunctionKernel
{
    void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A function over lanes.</summary>
internal interface ILaneFunction
{
    static abstract TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

internal sealed class LaneKernel<TFunction> : IFunctionKernel
    where TFunction : struct, ILaneFunction
{
    public void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var kernel = new Kernel<T>(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(result));
        LaneLoop.Run<T, Kernel<T>>(ref kernel, result.Length);
    }

    private readonly ref struct Kernel<T>(ref readonly T x, ref T result) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref readonly T _x = ref x;
        private readonly ref T _result = ref result;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T> => TFunction.Apply<TLane, T>(TLane.Load(in _x, i)).Store(ref _result, i);
    }
}

internal readonly struct SigmoidLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.Sigmoid(x);
}

internal readonly struct TanhLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.Tanh(x);
}

internal readonly struct ReluLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.Relu(x);
}

internal readonly struct LeakyReluLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.SelectGreater(x, TLane.Zero, x, x * TLane.Create(T.CreateTruncating(0.01)));
}

internal readonly struct StepLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.SelectGreater(x, TLane.Zero, TLane.One, TLane.Zero);
}

internal readonly struct HardSigmoidLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var line = (x / TLane.Create(T.CreateTruncating(6.0))) + TLane.Create(T.CreateTruncating(0.5));
        line = TLane.SelectGreater(line, TLane.One, TLane.One, line);
        return TLane.SelectGreater(TLane.Zero, line, TLane.Zero, line);
    }
}

internal readonly struct HardTanhLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var below = TLane.SelectGreater(x, TLane.One, TLane.One, x);
        return TLane.SelectGreater(-TLane.One, below, -TLane.One, below);
    }
}

internal readonly struct SqrtLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.Sqrt(x);
}

internal readonly struct AbsLane : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TLane.Abs(x);
}

internal sealed class ExpKernel : IFunctionKernel
{
    public void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = T.Exp(x[i]);
        }
    }
}

internal sealed class LogKernel : IFunctionKernel
{
    public void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = T.Log(x[i]);
        }
    }
}

internal sealed class SoftplusKernel : IFunctionKernel
{
    public void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < result.Length; i++)
        {
            // log(1 + e) by the exact ratio that the rounding of 1 + e costs.
            var e = T.Exp(-T.Abs(x[i]));
            var sum = T.One + e;
            result[i] = T.Max(x[i], T.Zero) + (sum == T.One ? e : T.Log(sum) * (e / (sum - T.One)));
        }
    }
}

internal sealed class SoftmaxKernel : IFunctionKernel
{
    public void Run<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var start = 0; start < result.Length; start += columns)
        {
            var row = result.Slice(start, columns);
            var own = x.Slice(start, columns);
            Vectors.ExponentialsBelow(own, Vectors.Max(own), row);
            Vectors.Multiply(row, T.One / Vectors.Sum<T>(row));
        }
    }
}

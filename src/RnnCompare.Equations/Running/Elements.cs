using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Equations.Running;

/// <summary>What becomes of an element of a running result when another operand comes to it.</summary>
internal interface IStepOfElements
{
    static abstract TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>How an operand lies beside a result of some rows.</summary>
internal enum Spreading
{
    /// <summary>An element for each element.</summary>
    Full,

    /// <summary>One row for all rows.</summary>
    Row,

    /// <summary>A number for each row.</summary>
    Column,

    /// <summary>One number.</summary>
    One,
}

/// <summary>Element-wise steps over lanes.</summary>
internal static class Elements
{
    /// <summary>result = step(result, operand) in every element.</summary>
    public static void Run<T, TStep>(Span<T> result, ReadOnlySpan<T> operand, Spreading spreading, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStepOfElements => Run<T, TStep>(result, result, operand, spreading, columns);

    /// <summary>result = step(first, operand) in every element.</summary>
    public static void Run<T, TStep>(Span<T> result, ReadOnlySpan<T> first, ReadOnlySpan<T> operand, Spreading spreading, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStepOfElements
    {
        switch (spreading)
        {
            case Spreading.Full:
                Kernel<T, TStep>.Run(result, first, operand);
                break;
            case Spreading.One:
                ConstantKernel<T, TStep>.Run(result, first, operand[0]);
                break;
            case Spreading.Row:
                for (var i = 0; i < result.Length; i += columns)
                {
                    Kernel<T, TStep>.Run(result.Slice(i, columns), first[i..], operand);
                }

                break;
            case Spreading.Column:
                for (var i = 0; i < result.Length; i += columns)
                {
                    ConstantKernel<T, TStep>.Run(result.Slice(i, columns), first[i..], operand[i / columns]);
                }

                break;
        }
    }

    /// <summary>result += a ⊙ b, all of one length.</summary>
    public static void AddProduct<T>(Span<T> result, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var kernel = new AddProductKernel<T>(ref MemoryMarshal.GetReference(result), ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b));
        LaneLoop.Run<T, AddProductKernel<T>>(ref kernel, result.Length);
    }

    private readonly ref struct Kernel<T, TStep>(ref T result, ref readonly T first, ref readonly T operand) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStepOfElements
    {
        private readonly ref T _result = ref result;
        private readonly ref readonly T _first = ref first;
        private readonly ref readonly T _operand = ref operand;

        public static void Run(Span<T> result, ReadOnlySpan<T> first, ReadOnlySpan<T> operand)
        {
            var kernel = new Kernel<T, TStep>(ref MemoryMarshal.GetReference(result), ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(operand));
            LaneLoop.Run<T, Kernel<T, TStep>>(ref kernel, result.Length);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T> =>
            TStep.Apply<TLane, T>(TLane.Load(in _first, i), TLane.Load(in _operand, i)).Store(ref _result, i);
    }

    private readonly ref struct ConstantKernel<T, TStep>(ref T result, ref readonly T first, T operand) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStepOfElements
    {
        private readonly ref T _result = ref result;
        private readonly ref readonly T _first = ref first;

        public static void Run(Span<T> result, ReadOnlySpan<T> first, T operand)
        {
            var kernel = new ConstantKernel<T, TStep>(ref MemoryMarshal.GetReference(result), ref MemoryMarshal.GetReference(first), operand);
            LaneLoop.Run<T, ConstantKernel<T, TStep>>(ref kernel, result.Length);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T> =>
            TStep.Apply<TLane, T>(TLane.Load(in _first, i), TLane.Create(operand)).Store(ref _result, i);
    }

    private readonly ref struct AddProductKernel<T>(ref T result, ref readonly T a, ref readonly T b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _result = ref result;
        private readonly ref readonly T _a = ref a;
        private readonly ref readonly T _b = ref b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T> =>
            TLane.MultiplyAdd(TLane.Load(in _a, i), TLane.Load(in _b, i), TLane.Load(in _result, i)).Store(ref _result, i);
    }
}

/// <summary>r + a.</summary>
internal readonly struct AddStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result + operand;
}

/// <summary>r − a.</summary>
internal readonly struct SubtractStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result - operand;
}

/// <summary>r ⊙ a.</summary>
internal readonly struct MultiplyStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result * operand;
}

/// <summary>r / a.</summary>
internal readonly struct DivideStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result / operand;
}

/// <summary>r ⊙ (1 − a), as behind a sigmoid.</summary>
internal readonly struct OneMinusStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result * (TLane.One - operand);
}

/// <summary>r ⊙ (1 − a²), as behind a tanh.</summary>
internal readonly struct OneMinusSquareStep : IStepOfElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Apply<TLane, T>(TLane result, TLane operand)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T> => result * (TLane.One - (operand * operand));
}

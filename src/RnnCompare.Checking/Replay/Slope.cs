using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Checking.Replay;

/// <summary>The derivative of an activation, as a polynomial of its value g: constant + linear·g + square·g².</summary>
/// <typeparam name="T">The precision.</typeparam>
internal readonly struct Slope<T>(int constant, int linear, int square)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _constant = T.CreateChecked(constant);
    private readonly T _linear = T.CreateChecked(linear);
    private readonly T _square = T.CreateChecked(square);

    /// <summary>1: no derivative at all.</summary>
    public static Slope<T> One => new(1, 0, 0);

    /// <summary>g: the activation in place of its derivative.</summary>
    public static Slope<T> Value => new(0, 1, 0);

    /// <summary>g(1 − g).</summary>
    public static Slope<T> OfSigmoid => new(0, 1, -1);

    /// <summary>1 − g².</summary>
    public static Slope<T> OfTanh => new(1, 0, -1);

    /// <summary>1 − g.</summary>
    public static Slope<T> Unsquared => new(1, -1, 0);

    /// <summary>The derivative of a gate, as a variant has it.</summary>
    /// <param name="right">The right one.</param>
    /// <param name="gate">The gate's index.</param>
    /// <param name="variant">The formula of every statement.</param>
    public static Slope<T> Of(Slope<T> right, int gate, RecurrenceVariant variant)
    {
        return (variant.GatesWithoutDerivative >> gate & 1) == 1 ? One
            : (variant.GatesWithValue >> gate & 1) == 1 ? Value
            : right;
    }

    /// <summary>Its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(T g) => _constant + (g * (_linear + (g * _square)));
}

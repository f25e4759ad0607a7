using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics.Lanes;

/// <summary>A lane of 256 bits.</summary>
internal readonly struct Lane256<T>(Vector256<T> value) : ILane<Lane256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Create(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Load(ref readonly T source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => _value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> a, Lane256<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a, Lane256<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(Lane256<T> a, Lane256<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator /(Lane256<T> a, Lane256<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> MultiplyAdd(Lane256<T> a, Lane256<T> b, Lane256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Sqrt(Lane256<T> x) => new(Vector256.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Abs(Lane256<T> x) => new(Vector256.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> CopySign(Lane256<T> magnitude, Lane256<T> sign) => new(Vector256.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> SelectGreater(Lane256<T> a, Lane256<T> b, Lane256<T> ifGreater, Lane256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._value, b._value), ifGreater._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> PowerOfTwo(Lane256<T> shifted) => typeof(T) == typeof(float)
        ? new(((shifted._value.AsInt32() << 23) + Vector256.Create(1f).AsInt32()).As<int, T>())
        : new(((shifted._value.AsInt64() << 52) + Vector256.Create(1d).AsInt64()).As<long, T>());
}

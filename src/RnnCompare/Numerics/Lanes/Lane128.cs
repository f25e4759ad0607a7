using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics.Lanes;

/// <summary>A lane of 128 bits.</summary>
internal readonly struct Lane128<T>(Vector128<T> value) : ILane<Lane128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Load(ref readonly T source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => _value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator +(Lane128<T> a, Lane128<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a, Lane128<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator *(Lane128<T> a, Lane128<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator /(Lane128<T> a, Lane128<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> MultiplyAdd(Lane128<T> a, Lane128<T> b, Lane128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Sqrt(Lane128<T> x) => new(Vector128.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Abs(Lane128<T> x) => new(Vector128.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> CopySign(Lane128<T> magnitude, Lane128<T> sign) => new(Vector128.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> SelectGreater(Lane128<T> a, Lane128<T> b, Lane128<T> ifGreater, Lane128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(a._value, b._value), ifGreater._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> PowerOfTwo(Lane128<T> shifted) => typeof(T) == typeof(float)
        ? new(((shifted._value.AsInt32() << 23) + Vector128.Create(1f).AsInt32()).As<int, T>())
        : new(((shifted._value.AsInt64() << 52) + Vector128.Create(1d).AsInt64()).As<long, T>());
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Lanes;

/// <summary>A lane of one element, for the tail.</summary>
internal readonly struct ScalarLane<T>(T value) : ILane<ScalarLane<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> Create(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> Load(ref readonly T source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> operator +(ScalarLane<T> a, ScalarLane<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> operator -(ScalarLane<T> a, ScalarLane<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> operator -(ScalarLane<T> a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> operator *(ScalarLane<T> a, ScalarLane<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> operator /(ScalarLane<T> a, ScalarLane<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> MultiplyAdd(ScalarLane<T> a, ScalarLane<T> b, ScalarLane<T> c) =>
        new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> Sqrt(ScalarLane<T> x) => new(T.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> Abs(ScalarLane<T> x) => new(T.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> CopySign(ScalarLane<T> magnitude, ScalarLane<T> sign) => new(T.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> SelectGreater(ScalarLane<T> a, ScalarLane<T> b, ScalarLane<T> ifGreater, ScalarLane<T> otherwise) =>
        a._value > b._value ? ifGreater : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane<T> PowerOfTwo(ScalarLane<T> shifted)
    {
        if (typeof(T) == typeof(float))
        {
            var bits = (BitConverter.SingleToInt32Bits((float)(object)shifted._value) << 23) + BitConverter.SingleToInt32Bits(1f);
            return new((T)(object)BitConverter.Int32BitsToSingle(bits));
        }
        else
        {
            var bits = (BitConverter.DoubleToInt64Bits((double)(object)shifted._value) << 52) + BitConverter.DoubleToInt64Bits(1d);
            return new((T)(object)BitConverter.Int64BitsToDouble(bits));
        }
    }
}

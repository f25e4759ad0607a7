using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Lanes;

/// <summary>Some neighbouring elements computed on at once; an equation written over lanes runs at every vector width.</summary>
/// <typeparam name="TSelf">The lane type itself.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Every operation gives an element the same bits in every lane type, so results depend neither on the width nor on the position.</remarks>
public interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of elements in a lane.</summary>
    static abstract int Count { get; }

    /// <summary>Zero in every element.</summary>
    static virtual TSelf Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    /// <summary>One in every element.</summary>
    static virtual TSelf One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSelf.Create(T.One);
    }

    /// <summary>The same value in every element.</summary>
    static abstract TSelf Create(T value);

    /// <summary>Reads the elements that begin <paramref name="offset"/> elements after <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref readonly T source, nuint offset);

    /// <summary>Writes the elements to where <paramref name="offset"/> elements after <paramref name="destination"/> begin.</summary>
    void Store(ref T destination, nuint offset);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>−a.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a · b, element by element.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b, element by element.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The magnitude of the one with the sign of the other.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>Chooses by element: <c>a &gt; b ? ifGreater : otherwise</c>, and so <paramref name="otherwise"/> where one is NaN.</summary>
    static abstract TSelf SelectGreater(TSelf a, TSelf b, TSelf ifGreater, TSelf otherwise);

    /// <summary>2ⁿ for a whole n given as n + 1.5·2ᵖ, where p is the number of explicit bits of the significand (23 or 52).</summary>
    /// <remarks>That sum holds n in its lowest bits, from where it moves to the exponent. n and the exponent range must be normal.</remarks>
    static abstract TSelf PowerOfTwo(TSelf shifted);

    /// <summary>max(x, 0), and NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TSelf Relu(TSelf x) => TSelf.SelectGreater(TSelf.Zero, x, TSelf.Zero, x);

    /// <inheritdoc cref="LaneMath.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TSelf Tanh(TSelf x) => LaneMath.Tanh<TSelf, T>(x);

    /// <inheritdoc cref="LaneMath.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TSelf Sigmoid(TSelf x) => LaneMath.Sigmoid<TSelf, T>(x);
}

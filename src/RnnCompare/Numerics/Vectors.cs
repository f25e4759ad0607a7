using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics;

/// <summary>Operations on elements that lie side by side.</summary>
public static class Vectors
{
    /// <summary>destination += source, element by element; both of one length.</summary>
    public static void Add<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, destination.Length, nameof(source));
        AddKernel<T>.Run(destination, source, destination);
    }

    /// <summary>The largest element, or NaN where there is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no element.</exception>
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfZero(x.Length, nameof(x));
        var max = x[0];
        if (x.Length >= Vector256<T>.Count)
        {
            // The last vector may overlap the one before: no element counts more than once in a maximum.
            ref var first = ref MemoryMarshal.GetReference(x);
            var last = x.Length - Vector256<T>.Count;
            var lanes = Vector256.LoadUnsafe(ref first, (nuint)last);
            for (var i = 0; i < last; i += Vector256<T>.Count)
            {
                lanes = Vector256.Max(lanes, Vector256.LoadUnsafe(ref first, (nuint)i));
            }

            var half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
            for (var i = 0; i < Vector128<T>.Count; i++)
            {
                max = T.Max(max, half[i]);
            }

            return max;
        }

        foreach (var value in x)
        {
            max = T.Max(max, value);
        }

        return max;
    }

    /// <summary>Σ x, in as many partial sums as a vector has elements.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        var lanes = Vector<T>.Zero;
        foreach (var vector in vectors)
        {
            lanes += vector;
        }

        var sum = Vector.Sum(lanes);
        foreach (var value in x[(vectors.Length * Vector<T>.Count)..])
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The 2-norm √Σ x², summed in the precision of the elements: it overflows where a square does.</summary>
    /// <remarks>Four vectors of partial sums keep the rounding error near √(n / (4·width)) units in the last place.</remarks>
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        Vector<T> a = default, b = default, c = default, d = default;
        var i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            a += vectors[i] * vectors[i];
            b += vectors[i + 1] * vectors[i + 1];
            c += vectors[i + 2] * vectors[i + 2];
            d += vectors[i + 3] * vectors[i + 3];
        }

        for (; i < vectors.Length; i++)
        {
            a += vectors[i] * vectors[i];
        }

        var sum = Vector.Sum((a + b) + (c + d));
        foreach (var value in x[(vectors.Length * Vector<T>.Count)..])
        {
            sum += value * value;
        }

        return T.Sqrt(sum);
    }

    /// <summary>x ← factor·x.</summary>
    public static void Multiply<T>(Span<T> x, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var product = new Product<T>(x, factor);
        LaneLoop.Run<T, Product<T>>(ref product, x.Length);
    }

    /// <summary>exp(x − largest) of every element, within 2 ulp: what a softmax adds up.</summary>
    /// <param name="x">The values.</param>
    /// <param name="largest">The largest of them.</param>
    /// <param name="destination">As long, overwritten.</param>
    /// <typeparam name="T">The precision.</typeparam>
    public static void ExponentialsBelow<T>(ReadOnlySpan<T> x, T largest, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (destination.Length < x.Length)
        {
            throw new ArgumentException($"There are {destination.Length} places for {x.Length} exponentials.", nameof(destination));
        }

        var exponentials = new Exponentials<T>(x, largest, destination);
        LaneLoop.Run<T, Exponentials<T>>(ref exponentials, x.Length);
    }

    private readonly ref struct Product<T>(Span<T> x, T factor) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _x = ref MemoryMarshal.GetReference(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T> =>
            (TLane.Load(ref _x, i) * TLane.Create(factor)).Store(ref _x, i);
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

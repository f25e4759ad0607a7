using System.Numerics;
using System.Runtime.InteropServices;

namespace RnnCompare.Numerics;

/// <summary>The 2-norm of many elements.</summary>
public static class VectorNorm
{
    /// <summary>√Σ x², summed in the precision of the elements: it overflows where a square does.</summary>
    /// <remarks>Four vectors of partial sums keep the rounding error near √(n / (4·width)) units in the last place.</remarks>
    public static T Of<T>(ReadOnlySpan<T> x)
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
}

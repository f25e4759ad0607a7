using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Lanes;

/// <summary>The transcendental functions of the cells, over lanes.</summary>
/// <remarks>
/// Both reduce to exp(r) − 1 = r + r²·q(r) on |r| ≤ ½·ln 2, which keeps its relative accuracy down to the smallest r.
/// Every constant and every step is the same in all lanes.
/// </remarks>
internal static class LaneMath
{
    /// <summary>The hyperbolic tangent, within 3 ulp at every magnitude (over all float32, 2.52); ±0, ±∞ and NaN as IEEE 754 has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Tanh<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // tanh |x| = e / (e + 2) with e = exp(2|x|) − 1 = 2ⁿ·(exp(r) − 1) + (2ⁿ − 1): for small x n is 0, and nothing cancels.
        var limit = TLane.Create(Constant<T>(45.0)); // tanh(22.5) is 1 in both precisions.
        var y = TLane.Abs(x);
        y += y;
        y = TLane.SelectGreater(y, limit, limit, y);
        var (p, shifted) = Reduce<TLane, T>(y);
        var power = TLane.PowerOfTwo(shifted);
        var e = TLane.MultiplyAdd(power, p, power - TLane.One);
        return TLane.CopySign(e / (e + TLane.Create(Constant<T>(2.0))), x);
    }

    /// <summary>The logistic function 1 / (1 + exp(−x)), within 3 ulp at every magnitude, subnormal results included (over all float32, 2.41); ±∞ and NaN as the limits say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sigmoid<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // With t = exp(−|x|), which cannot overflow: 1 / (1 + t) for positive x, t / (1 + t) for negative.
        var t = ExpOfNegative<TLane, T>(-TLane.Abs(x));
        return TLane.SelectGreater(TLane.Zero, x, t, TLane.One) / (TLane.One + t);
    }

    /// <summary>exp(x) for x ≤ 0, within 2 ulp, subnormal results included; 0 for −∞, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ExpOfNegative<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var limit = TLane.Create(Constant<T>(typeof(T) == typeof(float) ? -105.0 : -747.0)); // exp of it is 0.
        var (p, shifted) = Reduce<TLane, T>(TLane.SelectGreater(limit, x, limit, x));

        // 2ⁿ may be subnormal where the result is: so it is multiplied in two halves.
        var magic = TLane.Create(Magic<T>());
        var n = shifted - magic;
        var half = TLane.MultiplyAdd(n, TLane.Create(Constant<T>(0.5)), magic);
        var rest = (n - (half - magic)) + magic;
        var first = TLane.PowerOfTwo(half);
        return TLane.MultiplyAdd(first, p, first) * TLane.PowerOfTwo(rest);
    }

    // x = n·ln 2 + r with |r| ≤ ½·ln 2: exp(r) − 1, and n as PowerOfTwo takes it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLane ExpMinusOne, TLane Shifted) Reduce<TLane, T>(TLane x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var magic = TLane.Create(Magic<T>());
        var shifted = TLane.MultiplyAdd(x, TLane.Create(Constant<T>(1.4426950408889634)), magic);
        var n = shifted - magic;

        // ln 2 in two parts, the first so short that n times it is exact.
        var (high, low) = typeof(T) == typeof(float)
            ? (-0.693145751953125, -1.4286068203094173e-6)
            : (-0.69314718036912382, -1.9082149292705877e-10);
        var r = TLane.MultiplyAdd(n, TLane.Create(Constant<T>(low)), TLane.MultiplyAdd(n, TLane.Create(Constant<T>(high)), x));
        return (TLane.MultiplyAdd(r * r, Polynomial<TLane, T>(r), r), shifted);
    }

    // q(r) = (exp(r) − 1 − r) / r², as polynomials that minimise the largest relative error of r + r²·q(r): 2⁻²⁶ and 2⁻⁵⁵.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Polynomial<TLane, T>(TLane r)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TLane q;
        if (typeof(T) == typeof(float))
        {
            q = TLane.Create(Constant<T>(0.0013900970807299018));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.008366111665964127)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.041666824370622635)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.1666654795408249)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.5)));
        }
        else
        {
            q = TLane.Create(Constant<T>(2.504601524652277e-08));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(2.7622218922598804e-07)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(2.755742477844595e-06)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(2.480151636579911e-05)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.00019841269709597849)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.001388888892049738)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.008333333333388307)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.04166666666662)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.16666666666666602)));
            q = TLane.MultiplyAdd(q, r, TLane.Create(Constant<T>(0.5)));
        }

        return q;
    }

    // 1.5·2ᵖ: adding it rounds to a whole number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Magic<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Constant<T>(typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0);

    // The conversion of generic mathematics would do, but it is too long to be inlined dozens of times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Constant<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;
}

using static System.Math;

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>log(1 − u) for the ziggurat's tail, with the last bit that NumPy's values show.</summary>
/// <remarks>
/// NumPy calls the C library's log1p, which <see cref="Math"/> lacks, and log(1 + x) has another last bit. The method
/// is fdlibm's (Sun Microsystems, 1993): with 1 − u = 2ᵏ·(1 + f), s = f/(2 + f) and a minimax polynomial R in s²,
/// log(1 − u) = k·ln 2 + f − (f²/2 − s·(f²/2 + R)). Products and sums are fused as glibc fuses them on processors that
/// can (x86-64 since 2013), at the same places on every processor.
/// </remarks>
internal static class Log1P
{
    private const double Ln2Upper = 6.93147180369123816490e-01;
    private const double Ln2Lower = 1.90821492927058770002e-10;
    private const double Root2 = 1 + (0x6A09E / 1048576.0); // √2 to the 20 bits that fdlibm compares

    /// <param name="u">A multiple of 2⁻⁵³ in [0, 1): 1 − u is exact.</param>
    public static double OfNegative(double u)
    {
        if (u < 1.0 / (1 << 29)) return FusedMultiplyAdd(u * u, -0.5, -u);

        var k = ILogB(1 - u);
        var mantissa = ScaleB(1 - u, -k);
        if (mantissa >= Root2)
        {
            mantissa /= 2;
            k++;
        }

        var f = mantissa - 1;
        var halfSquare = 0.5 * f * f;
        var kLower = k * Ln2Lower;
        if (k != 0 && f is >= -1.5 / 1048576 and < 1.0 / 1048576)
        {
            var r = halfSquare * FusedMultiplyAdd(-0.66666666666666666, f, 1);
            return FusedMultiplyAdd(k, Ln2Upper, -(r - kLower - f));
        }

        var s = f / (2 + f);
        return FusedMultiplyAdd(k, Ln2Upper, -(halfSquare - ((s * (halfSquare + Polynomial(s * s))) + kLower) - f));
    }

    private static double Polynomial(double z)
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var r2 = FusedMultiplyAdd(z, 2.857142874366239149e-01, 3.999999999940941908e-01);
        var r3 = FusedMultiplyAdd(z, 1.818357216161805012e-01, 2.222219843214978396e-01);
        var r4 = FusedMultiplyAdd(z, 1.479819860511658591e-01, 1.531383769920937332e-01);
        var sum = FusedMultiplyAdd(z, 6.666666666666735130e-01, z2 * r2);
        sum = FusedMultiplyAdd(z4, r3, sum);
        return FusedMultiplyAdd(z4 * z2, r4, sum);
    }
}

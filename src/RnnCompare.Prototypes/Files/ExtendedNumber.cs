namespace RnnCompare.Prototypes.Files;

/// <summary>Numbers of x86's extended precision: 64 bits of significand, the leading one among them, 15 of exponent, one of sign.</summary>
internal static class ExtendedNumber
{
    private const int ExponentBias = 16383, SignificandBits = 63, Special = 0x7FFF;

    /// <summary>The nearest binary64.</summary>
    /// <param name="bits">The number in its lowest 80 bits; what stands above is padding.</param>
    public static double ToDouble(UInt128 bits)
    {
        var (significand, top) = ((ulong)bits, (ushort)(bits >> 64));
        var exponent = top & Special;
        var size = exponent == Special
            ? (significand << 1 == 0 ? double.PositiveInfinity : double.NaN)
            : Math.ScaleB((double)significand, exponent - ExponentBias - SignificandBits);
        return top >> 15 == 0 ? size : -size;
    }
}

namespace RnnCompare.Tests.Numerics;

/// <summary>tanh and the logistic function to about 26 digits: the measure of the fast ones.</summary>
internal static class DecimalReference
{
    private const decimal Ln2 = 0.6931471805599453094172321215m;

    // Below this, tanh x = x − x³/3 to far more than 26 digits, and x may be too small for a decimal.
    private static readonly double Small = Math.ScaleB(1, -20);

    /// <summary>The distance of <paramref name="y"/> from tanh(x) in units of its last place.</summary>
    public static double TanhError(double x, double y, int bits)
    {
        if (Math.Abs(x) < Small)
        {
            var distance = y - x;
            return Math.Abs(distance + (x * x * x / 3)) / Ulp(y, bits);
        }

        // (1 − e) / (1 + e) with e = exp(−2|x|).
        var (mantissa, exponent) = Exp(-2 * Exact(Math.Abs(x), 0));
        var e = exponent < -95 ? 0 : mantissa / Power(-exponent);
        return Error((1 - e) / (1 + e), 0, Math.Abs(y), bits);
    }

    /// <summary>The distance of <paramref name="y"/> from 1 / (1 + exp(−x)) in units of its last place.</summary>
    public static double SigmoidError(double x, double y, int bits)
    {
        // t / (1 + t) with t = exp(x) for negative x, 1 / (1 + t) with t = exp(−x) for positive.
        var (mantissa, exponent) = Exp(-Exact(Math.Abs(x), 0));
        var t = exponent < -95 ? 0 : mantissa / Power(-exponent);
        return x < 0 ? Error(mantissa / (1 + t), exponent, y, bits) : Error(1 / (1 + t), 0, y, bits);
    }

    private static double Error(decimal mantissa, int exponent, double y, int bits) =>
        (double)Math.Abs(mantissa - Exact(y, exponent)) / Math.ScaleB(Ulp(y, bits), -exponent);

    // The spacing of the numbers around y with this many significant bits (24 or 53), subnormal ones included.
    private static double Ulp(double y, int bits)
    {
        var smallest = bits == 24 ? -149 : -1074;
        return Math.ScaleB(1, y == 0 ? smallest : Math.Max(Math.ILogB(y) - bits + 1, smallest));
    }

    // y·2^(−exponent) with all its bits down to 2⁻⁹³ (the conversion keeps 15 digits).
    private static decimal Exact(double y, int exponent)
    {
        var scaled = Math.ScaleB(y, -exponent);
        var shift = Math.Min(52 - Math.ILogB(scaled), 93);
        return scaled == 0 ? 0 : (long)Math.ScaleB(scaled, shift) / Power(shift);
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 2;
        }

        return power;
    }

    // exp(x) as mantissa·2^exponent, by the series of exp(r) with x = exponent·ln 2 + r.
    private static (decimal Mantissa, int Exponent) Exp(decimal x)
    {
        var exponent = (int)Math.Round(x / Ln2);
        var r = x - (exponent * Ln2);
        decimal sum = 1, term = 1;
        for (var i = 1; i < 28; i++)
        {
            term *= r / i;
            sum += term;
        }

        return (sum, exponent);
    }
}

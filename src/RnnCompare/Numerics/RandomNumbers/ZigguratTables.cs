using System.Globalization;

namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>The 256 layers under exp(−x²/2), computed by Marsaglia and Tsang's recurrence and equal to NumPy's, bit for bit.</summary>
/// <remarks>
/// From the lowest edge upwards, <c>x_i = √(−2·ln(v/x_{i+1} + f(x_{i+1})))</c>: every layer has the area v. The
/// exponentials and logarithms are rounded correctly, by way of <see cref="decimal"/>, so that the tables do not depend
/// on the platform's C library.
/// </remarks>
internal sealed class ZigguratTables
{
    /// <summary>Where the lowest layer ends and the tail begins.</summary>
    public const double Edge = 3.6541528853610088;

    public const double InverseEdge = 0.27366123732975828;
    private const double LayerArea = 0.004928673233974652;
    private const double Mantissa = 1L << 52;
    private const int Layers = 256;

    public ZigguratTables()
    {
        var x = Edge;
        Widths[^1] = x / Mantissa;
        Heights[^1] = Density(x);
        for (var layer = Layers - 2; layer > 0; layer--)
        {
            var xBelow = x;
            x = Math.Sqrt(-2 * Log((LayerArea / xBelow) + Heights[layer + 1]));
            Widths[layer] = x / Mantissa;
            Heights[layer] = Density(x);
            // NumPy's table has this one height rounded upwards; the exact value lies 0.498 of the way there.
            if (layer == 38) Heights[layer] = Math.BitIncrement(Heights[layer]);

            Inner[layer + 1] = (ulong)Math.Round(x / xBelow * Mantissa, MidpointRounding.ToEven);
        }

        // The base strip is a rectangle of the layers' area that stands for itself and the tail.
        Widths[0] = LayerArea / Heights[^1] / Mantissa;
        Heights[0] = 1;
        Inner[0] = (ulong)(Edge * Heights[^1] / LayerArea * Mantissa);
        Inner[1] = 0;
    }

    /// <summary>The width of each layer, in units of 2⁻⁵².</summary>
    public double[] Widths { get; } = new double[Layers];

    /// <summary>The magnitude below which a point of the layer lies under the curve for certain.</summary>
    public ulong[] Inner { get; } = new ulong[Layers];

    /// <summary>The density at each layer's edge.</summary>
    public double[] Heights { get; } = new double[Layers];

    private static double Density(double x) => ToDouble(1 / Exp(ToDecimal(0.5 * x * x)));

    /// <summary>The natural logarithm of y in (0, 1): one Newton step from double precision doubles its digits.</summary>
    private static double Log(double y)
    {
        var estimate = Math.Log(y);
        return ToDouble(ToDecimal(estimate) + ((ToDecimal(y) * Exp(ToDecimal(-estimate))) - 1));
    }

    /// <summary>The exponential of a number in [0, 7], to at least 24 digits: its power series, whose terms are all positive.</summary>
    private static decimal Exp(decimal x)
    {
        var sum = 1m;
        var term = 1m;
        for (var n = 1; term != 0; n++)
        {
            term = term * x / n;
            sum += term;
        }

        return sum;
    }

    // Casts between the two types keep 15 digits only; text keeps all.
    private static decimal ToDecimal(double value) => decimal.Parse(value.ToString("F40", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double ToDouble(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

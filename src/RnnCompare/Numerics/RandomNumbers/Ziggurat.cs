namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>Standard normal draws by the ziggurat of 256 layers, as <c>Generator.standard_normal</c> makes them.</summary>
/// <remarks>Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables" (2000), on words of 64 bits.</remarks>
internal static class Ziggurat
{
    private static readonly ZigguratTables Tables = new();

    public static double Draw(IBitSource source)
    {
        while (true)
        {
            var word = source.NextUInt64();
            var layer = (int)(word & 0xFF);
            var negative = (word & 0x100) != 0;
            var magnitude = (word >> 9) & 0x000F_FFFF_FFFF_FFFF;
            var x = magnitude * Tables.Widths[layer];
            if (magnitude < Tables.Inner[layer])
            {
                return negative ? -x : x;
            }

            if (layer == 0)
            {
                // NumPy takes the tail's sign from the magnitude, not from the sign bit.
                var tail = Tail(source);
                return (magnitude & 0x100) != 0 ? -tail : tail;
            }

            var height = Tables.Heights[layer];
            var y = ((Tables.Heights[layer - 1] - height) * source.NextDouble()) + height;
            if (y < Math.Exp(-0.5 * x * x))
            {
                return negative ? -x : x;
            }
        }
    }

    /// <summary>Marsaglia's draw from beyond the lowest layer's edge.</summary>
    private static double Tail(IBitSource source)
    {
        while (true)
        {
            var x = -ZigguratTables.InverseEdge * Log1P.OfNegative(source.NextDouble());
            var y = -Log1P.OfNegative(source.NextDouble());
            if (y + y > x * x)
            {
                return ZigguratTables.Edge + x;
            }
        }
    }
}

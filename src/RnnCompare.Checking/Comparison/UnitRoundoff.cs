namespace RnnCompare.Checking.Comparison;

/// <summary>The largest relative error of one rounding to nearest.</summary>
internal static class UnitRoundoff
{
    /// <summary>2⁻²⁴ or 2⁻⁵³.</summary>
    public static double Of(Precision precision) => precision == Precision.Float32 ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);
}

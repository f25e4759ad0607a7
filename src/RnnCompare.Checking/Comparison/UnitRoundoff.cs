namespace RnnCompare.Checking.Comparison;

/// <summary>The largest relative error of one rounding to nearest.</summary>
internal static class UnitRoundoff
{
    /// <summary>2⁻¹¹, 2⁻²⁴ or 2⁻⁵³.</summary>
    public static double Of(Precision precision)
    {
        return Math.ScaleB(1, precision switch { Precision.Float16 => -11, Precision.Float32 => -24, _ => -53 });
    }
}

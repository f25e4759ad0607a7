using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Distances between two arrays, part by part.</summary>
internal static class PartDistance
{
    /// <summary>‖a − b‖₂ of one part of many.</summary>
    public static double Of(NdArray<double> a, NdArray<double> b, int part, int parts)
    {
        return ScaledNorm.OfDifference(TensorSegments.Part(a.Span, parts, part), TensorSegments.Part(b.Span, parts, part));
    }

    /// <summary>‖a‖₂ of one part of many.</summary>
    public static double Norm(NdArray<double> a, int part, int parts) => ScaledNorm.Of(TensorSegments.Part(a.Span, parts, part));

    /// <summary>A distance in units: 0 for none at all, infinite where the unit is zero.</summary>
    public static double InUnits(double distance, double unit) => distance == 0 ? 0 : distance / unit;

    /// <summary>The largest distance of any part in its own unit; NaN where one is.</summary>
    public static double Worst(NdArray<double> a, NdArray<double> b, double[] units)
    {
        var worst = 0.0;
        for (var part = 0; part < units.Length; part++)
        {
            worst = Math.Max(worst, InUnits(Of(a, b, part, units.Length), units[part]));
        }

        return worst;
    }
}

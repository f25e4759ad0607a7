using System.Numerics;

namespace RnnCompare.Checking.Comparison;

#pragma warning disable CA1720 // float16, float32 and float64 are the names that people know these formats by.

/// <summary>The number type that a computation was made in; it decides what rounding may cost. The lowest comes first.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary16, unit roundoff 2⁻¹¹.</summary>
    Float16,

    /// <summary>IEEE 754 binary32, unit roundoff 2⁻²⁴.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, unit roundoff 2⁻⁵³.</summary>
    Float64,
}

/// <summary>What follows from a number type.</summary>
public static class Precisions
{
    /// <summary>The precision of an engine's element type.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static Precision Of<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? Precision.Float32 : Precision.Float64;

    /// <summary>The name in configs, files and messages: float16, float32 or float64.</summary>
    /// <param name="precision">The precision.</param>
    public static string Name(this Precision precision) => precision switch { Precision.Float16 => "float16", Precision.Float32 => "float32", _ => "float64" };

    /// <summary>The lower of two precisions: that of a value computed in one and stored in the other.</summary>
    /// <param name="precision">One.</param>
    /// <param name="other">The other.</param>
    public static Precision Lower(this Precision precision, Precision other) => precision < other ? precision : other;

    /// <summary>The largest relative error of one rounding to nearest: 2⁻¹¹, 2⁻²⁴ or 2⁻⁵³.</summary>
    /// <param name="precision">The precision.</param>
    public static double UnitRoundoff(this Precision precision)
    {
        return Math.ScaleB(1, precision switch { Precision.Float16 => -11, Precision.Float32 => -24, _ => -53 });
    }
}

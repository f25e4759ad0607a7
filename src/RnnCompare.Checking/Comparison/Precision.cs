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

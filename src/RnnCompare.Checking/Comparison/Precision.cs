namespace RnnCompare.Checking.Comparison;

#pragma warning disable CA1720 // float32 and float64 are the names that people know these formats by.

/// <summary>The number type that a computation was made in; it decides what rounding may cost.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary32, unit roundoff 2⁻²⁴.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, unit roundoff 2⁻⁵³.</summary>
    Float64,
}

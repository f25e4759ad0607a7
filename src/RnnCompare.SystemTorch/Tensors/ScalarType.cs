namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned integers of 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed integers of 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed integers of 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed integers of 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed integers of 64 bits: the type of classes, lengths and indices.</summary>
        Int64 = 4,

        /// <summary>IEEE 754 binary32, the default of new parameters.</summary>
        Float32 = 6,

        /// <summary>IEEE 754 binary64.</summary>
        Float64 = 7,

        /// <summary>Truth values, one byte each.</summary>
        Bool = 11,
    }

    /// <summary><see cref="ScalarType.Int32"/> under Python's name.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary><see cref="ScalarType.Int64"/> under Python's name.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary><see cref="ScalarType.Float32"/> under Python's name.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary><see cref="ScalarType.Float64"/> under Python's name.</summary>
    public static ScalarType float64 = ScalarType.Float64;
}

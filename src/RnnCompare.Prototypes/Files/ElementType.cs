using System.Diagnostics.CodeAnalysis;

namespace RnnCompare.Prototypes.Files;

/// <summary>What the elements of an array are in its file.</summary>
/// <remarks>
/// The narrower whole numbers, which prototypes save as tokens, masks and encoded text, are held as 64-bit ones; they keep their
/// name here, and are written as what they were. Floating-point types of other widths are read, and written, as the nearest of
/// <see cref="Float32"/> and <see cref="Float64"/> that holds or approximates them.
/// </remarks>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The members are types.")]
public enum ElementType
{
    /// <summary>IEEE 754 binary16, read as binary32: <c>f2</c>, <c>F16</c>.</summary>
    Float16,

    /// <summary>IEEE 754 binary32: <c>f4</c> in NumPy, <c>F32</c> in safetensors.</summary>
    Float32,

    /// <summary>IEEE 754 binary64: <c>f8</c>, <c>F64</c>.</summary>
    Float64,

    /// <summary>The 80-bit extended precision of x86 in 16 bytes, NumPy's longdouble there, rounded to binary64: <c>f16</c>.</summary>
    Extended,

    /// <summary>Signed, 64 bits: <c>i8</c>, <c>I64</c>.</summary>
    Int64,

    /// <summary>Signed, 32 bits: <c>i4</c>, <c>I32</c>.</summary>
    Int32,

    /// <summary>Unsigned, 8 bits: <c>u1</c>, <c>U8</c>.</summary>
    UInt8,

    /// <summary>False or true, a byte of 0 or 1: <c>b1</c>, <c>BOOL</c>.</summary>
    Boolean,

    /// <summary>Unicode text: <c>U</c> in NumPy, an entry of <c>__metadata__</c> in safetensors.</summary>
    Text,
}

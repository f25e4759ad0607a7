using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number as an operator's argument; it keeps whether it is integer, real or boolean.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarType type, ValueKind kind, long bits) => (Type, Kind, Bits) = (type, kind, bits);

    /// <summary>The element type that corresponds to the .NET type of the number.</summary>
    public ScalarType Type { get; }

    internal ValueKind Kind { get; }

    internal long Bits { get; }

    /// <summary>Nothing native is held: the method exists because TorchSharp's scalars are disposable.</summary>
    public void Dispose()
    {
    }

    /// <summary>A truth value: beside numbers it counts as 0 or 1 and leaves the tensor's element type as it is.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, ValueKind.Boolean, value ? 1 : 0);

    /// <summary>An integer: beside a tensor of numbers it leaves the tensor's element type as it is.</summary>
    public static implicit operator Scalar(byte value) => new(ScalarType.Byte, ValueKind.Integer, value);

    /// <inheritdoc cref="implicit operator Scalar(byte)"/>
    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int8, ValueKind.Integer, value);

    /// <inheritdoc cref="implicit operator Scalar(byte)"/>
    public static implicit operator Scalar(short value) => new(ScalarType.Int16, ValueKind.Integer, value);

    /// <inheritdoc cref="implicit operator Scalar(byte)"/>
    public static implicit operator Scalar(int value) => new(ScalarType.Int32, ValueKind.Integer, value);

    /// <inheritdoc cref="implicit operator Scalar(byte)"/>
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, ValueKind.Integer, value);

    /// <inheritdoc cref="implicit operator Scalar(double)"/>
    public static implicit operator Scalar(float value) => FromReal(ScalarType.Float32, value);

    /// <summary>A real number, kept in double precision: a real tensor keeps its element type beside it, an integer one gives Float32.</summary>
    public static implicit operator Scalar(double value) => FromReal(ScalarType.Float64, value);

    private static Scalar FromReal(ScalarType type, double value) =>
        new(type, ValueKind.Real, BitConverter.DoubleToInt64Bits(value));
}

using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>An argument of an operator, converted from what the caller has; <c>default</c> is torch's <c>None</c>.</summary>
internal readonly struct Argument
{
    public readonly ValueKind Kind;
    public readonly long Bits;

    /// <summary>What <see cref="Bits"/> cannot hold: a <see cref="TensorHandle"/>, an array of them or of integers.</summary>
    public readonly object? Reference;

    private Argument(ValueKind kind, long bits, object? reference = null) => (Kind, Bits, Reference) = (kind, bits, reference);

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? default : new(ValueKind.Tensor, 0, tensor.Native);

    public static implicit operator Argument(Tensor[] tensors) =>
        new(ValueKind.TensorList, 0, Array.ConvertAll(tensors, tensor => tensor.Native));

    public static implicit operator Argument(long[] integers) => new(ValueKind.IntegerList, 0, integers);

    public static implicit operator Argument(long value) => new(ValueKind.Integer, value);

    public static implicit operator Argument(double value) => new(ValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static implicit operator Argument(ScalarType type) => new(ValueKind.Integer, (long)type);

    public static implicit operator Argument(ScalarType? type) => type is null ? default : (Argument)type.Value;

    public static implicit operator Argument(Scalar? scalar) => scalar is null ? default : new(scalar.Kind, scalar.Bits);
}
